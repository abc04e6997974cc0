/** C0 but for tab and line feed, DEL, C1, and what turns the direction of text or breaks lines unseen. */
// oxlint-disable-next-line no-control-regex
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Text of others as it may be shown: what cannot be seen, or would change how the rest reads, becomes a picture of itself. */
export function visible(text: string): string {
  return text.toWellFormed().replaceAll(unseen, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : `\\u{${code.toString(16)}}`;
  });
}

/** At most so many characters, and how many were left out: a line of a megabyte must not stop the page. */
export function cutTo(text: string, most: number): { readonly text: string; readonly left: number } {
  return text.length <= most
    ? { text, left: 0 }
    : { text: text.slice(0, most).toWellFormed(), left: text.length - most };
}
