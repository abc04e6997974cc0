import { isUtf8 } from 'node:buffer';
import type { Body } from '@assay/contract';

/** A body as it is recorded: text when it is valid UTF-8, base64 otherwise, cut to `limit` bytes. */
export function recordBody(bytes: Buffer, wholeLength: number, limit: number): Body {
  const truncated = wholeLength > limit || wholeLength > bytes.length ? { truncatedFrom: wholeLength } : {};
  const kept = bytes.length > limit ? bytes.subarray(0, limit) : bytes;
  if (isUtf8(kept)) return { text: kept.toString('utf8'), ...truncated };
  // The cut may have gone through the middle of a character.
  const whole = 'truncatedFrom' in truncated ? withoutSplitCharacter(kept) : kept;
  return isUtf8(whole)
    ? { text: whole.toString('utf8'), ...truncated }
    : { base64: kept.toString('base64'), ...truncated };
}

function withoutSplitCharacter(bytes: Buffer): Buffer {
  // A character has at most four bytes, and only its first is none of 10xxxxxx.
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) !== 0x80) return byte >= 0xc0 ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}
