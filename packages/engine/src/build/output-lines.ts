import { StringDecoder } from 'node:string_decoder';

/** Takes the bytes of one stream, in any pieces, and gives out its lines. */
export interface LineSplitter {
  write(chunk: Uint8Array): void;
  /** Gives out what is left of a last line without an end. Nothing may be written afterwards. */
  end(): void;
}

const defaultMaxLength = 4_000;

/**
 * Splits a stream of bytes into lines fit to be shown: UTF-8 with bad bytes as replacement characters, colours dropped, every other
 * control character made visible, long lines cut with a note of how much is missing. Holds one line of bounded length, however much comes.
 */
export function lineSplitter(onLine: (line: string) => void, maxLength = defaultMaxLength): LineSplitter {
  const decoder = new StringDecoder('utf8');
  let held = '';
  let dropped = 0;
  let endedWithReturn = false;

  const append = (part: string): void => {
    const room = Math.max(0, maxLength - held.length);
    held += part.slice(0, room);
    dropped += Math.max(0, part.length - room);
  };
  const flush = (): void => {
    const note = dropped === 0 ? '' : ` … (${dropped.toLocaleString('en')} more characters)`;
    onLine(visible(wellFormed(held)) + note);
    held = '';
    dropped = 0;
  };
  const take = (text: string): void => {
    // A lone return redraws the line in a terminal (a progress bar): each state is a line. "\r\n" is one end, also across chunks.
    const pieces = (endedWithReturn && text.startsWith('\n') ? text.slice(1) : text).split(/\r\n|\n|\r/);
    if (text !== '') endedWithReturn = text.endsWith('\r');
    pieces.forEach((piece, index) => {
      append(piece);
      if (index < pieces.length - 1) flush();
    });
  };

  return {
    write: (chunk) => take(decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))),
    end: () => {
      take(decoder.end());
      if (held !== '' || dropped > 0) flush();
    },
  };
}

/** A cut may leave half of a surrogate pair. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}
const colours = /\u001b\[[0-9;:]*m/g;
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Drops colours and shows every other control or direction-changing character; tabs stay. */
export function visible(text: string): string {
  return text.replace(colours, '').replace(controls, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '␡' : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
