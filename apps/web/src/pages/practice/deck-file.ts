/** A deck as the API takes it. */
export async function fileOf(file: File): Promise<{ readonly format: 'apkg' | 'csv'; readonly content: string }> {
  return {
    format: file.name.toLowerCase().endsWith('.csv') ? 'csv' : 'apkg',
    content: base64(new Uint8Array(await file.arrayBuffer())),
  };
}

/** In pieces: a function takes so many arguments only. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x80_00) text += String.fromCharCode(...bytes.subarray(at, at + 0x80_00));
  return btoa(text);
}
