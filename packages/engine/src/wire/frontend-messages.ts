import type { SqlValue } from '@assay/contract';
import { decodeBinary, decodeText, longestValue } from './values/value.ts';

/** The string that ends at the next zero byte, or at `end` when the message was cut short there. */
export function readString(buffer: Buffer, start: number, end: number): string {
  return start >= end || buffer[start] === 0 ? '' : buffer.toString('utf8', start, stringEnd(buffer, start, end));
}

/** Where the zero byte of that string stands. */
export function stringEnd(buffer: Buffer, start: number, end: number): number {
  if (buffer[start] === 0) return start;
  const zero = buffer.indexOf(0, start);
  return zero < 0 || zero > end ? end : zero;
}

export interface ParseMessage {
  readonly name: string;
  readonly text: string;
  /** The types that the client gave; 0 where it left them to the server. */
  readonly types: readonly number[];
}

const noTypes: readonly number[] = [];

export function readParse(buffer: Buffer, start: number, end: number): ParseMessage {
  const nameEnd = stringEnd(buffer, start, end);
  const textEnd = stringEnd(buffer, nameEnd + 1, end);
  return {
    name: readString(buffer, start, end),
    text: readString(buffer, nameEnd + 1, end),
    types: textEnd + 3 <= end ? readTypes(buffer, textEnd + 1, end) : noTypes,
  };
}

/** The object ids of a Parse or ParameterDescription message: a count and so many ids. */
export function readTypes(buffer: Buffer, start: number, end: number): readonly number[] {
  const count = start + 2 <= end ? buffer.readUInt16BE(start) : 0;
  if (count === 0) return noTypes;
  const types: number[] = [];
  for (let at = start + 2; at + 4 <= end && types.length < count; at += 4) types.push(buffer.readUInt32BE(at));
  return types;
}

/** Values of a Bind or FunctionCall message: their formats, then each with its length. Decoded only when someone asks. */
export class BoundValues {
  readonly #buffer: Buffer;
  readonly #start: number;
  readonly #end: number;

  constructor(buffer: Buffer, start: number, end: number) {
    this.#buffer = buffer;
    this.#start = start;
    this.#end = end;
  }

  decode(types: readonly number[]): readonly SqlValue[] {
    const buffer = this.#buffer;
    const end = this.#end;
    let at = this.#start;
    if (at + 2 > end) return none;
    const formats = buffer.readUInt16BE(at);
    const formatsAt = at + 2;
    at = formatsAt + formats * 2;
    if (at + 2 > end) return none;
    const count = buffer.readUInt16BE(at);
    at += 2;
    if (count === 0) return none;
    const values: SqlValue[] = [];
    for (let index = 0; index < count; index += 1) {
      if (at + 4 > end) {
        // The message was too long to be kept whole.
        values.push('…');
        continue;
      }
      const length = buffer.readInt32BE(at);
      at += 4;
      if (length < 0) {
        values.push(null);
        continue;
      }
      // No format: text. One: for all. Otherwise one for each.
      const which = formats === 1 ? 0 : index;
      const format = which < formats ? buffer.readUInt16BE(formatsAt + which * 2) : 0;
      const stop = Math.min(at + length, end);
      const type = types[index] ?? 0;
      // No character takes more than four bytes, so this is enough to see that a text is too long.
      if (format === 0)
        values.push(decodeText(type, buffer.toString('utf8', at, Math.min(stop, at + longestValue * 4))));
      else values.push(decodeBinary(type, buffer.subarray(at, stop)));
      at = stop;
    }
    return values;
  }
}

const none: readonly SqlValue[] = [];
export { none as noParameters };
