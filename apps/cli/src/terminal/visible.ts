/** Characters that could drive a terminal, or make text read otherwise than it stands: C0 but for tab and line feed, C1, bidi controls. */
// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Control characters, including terminal escapes, as their pictures: what a backend says must not drive the terminal. */
export function visible(text: string): string {
  return text.replaceAll(controls, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : `\\u{${code.toString(16)}}`;
  });
}

/** The same on one line. */
export function oneLine(text: string): string {
  return visible(text.replaceAll(/\s*\n\s*/g, ' '));
}

/** JSON that means the same, in which also the control characters that JSON itself would allow are escaped. */
export function jsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent);
  return text.replaceAll(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
