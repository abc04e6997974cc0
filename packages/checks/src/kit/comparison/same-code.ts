/**
 * Whether two texts are one number or code by which things are known, with other separators: `978-3-16-148410-0` and `9783161484100`, `+49 (30) 123456` and
 * `+4930123456`. Mostly digits, for words that run together are another text.
 */
export function isSameCode(sent: string, back: string): boolean {
  const [code, other] = [bare(sent), bare(back)];
  return code !== null && code === other && code.length >= 6 && 2 * code.replaceAll(/\D/g, '').length >= code.length;
}

function bare(text: string): string | null {
  return /^[A-Z\d ().+/-]+$/i.test(text) ? text.replaceAll(/[^A-Z\d]/gi, '').toUpperCase() : null;
}

const hidden = /[*•●]{2,}(?:[ -]*[*•●]{2,})*|(?:[x]{4}[ -]?)+|(?:[X]{4}[ -]?)+/;

/** Whether a text is shown with its middle, or all of it, behind asterisks or dots, so that nobody may read it there: `**** **** **** 1111`. */
export function isMasked(sent: string, back: string): boolean {
  const mask = hidden.exec(back);
  if (mask === null || hidden.test(sent)) return false;
  const [head, tail] = [back.slice(0, mask.index), back.slice(mask.index + mask[0].length).trimStart()];
  return head.length + tail.length < sent.length && sent.startsWith(head) && sent.endsWith(tail);
}
