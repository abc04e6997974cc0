import { isJsonObject } from '../vocabulary/json.ts';
import type { Json } from '../vocabulary/json.ts';

/** How complex a value is to a reader: by its extent first, then by how large its numbers are. */
export interface Weight {
  readonly extent: number;
  readonly magnitude: number;
}

export function weightOf(value: Json): Weight {
  const sum = { extent: 0, magnitude: 0 };
  add(value, sum);
  return sum;
}

/** Strictly simpler, by more than the rounding of sums. */
export function isLighter(a: Weight, b: Weight): boolean {
  if (Math.abs(a.extent - b.extent) > 1e-7) return a.extent < b.extent;
  return a.magnitude < b.magnitude;
}

function add(value: Json, sum: { extent: number; magnitude: number }): void {
  if (typeof value === 'string') {
    sum.extent += 1;
    for (const character of value) sum.extent += 1 + rank(character.codePointAt(0) ?? 0);
  } else if (typeof value === 'number') {
    const fraction = Number.isInteger(value) ? 0 : 0.3 + String(value).length * 0.01;
    sum.extent += 1 + (value < 0 || Object.is(value, -0) ? 0.2 : 0) + fraction;
    sum.magnitude += Math.abs(value);
  } else if (Array.isArray(value)) {
    sum.extent += 1;
    for (const item of value) add(item, sum);
  } else if (isJsonObject(value)) {
    sum.extent += 1;
    for (const [name, member] of Object.entries(value)) {
      sum.extent += 1 + name.length * 0.01;
      add(member, sum);
    }
  } else sum.extent += value === true ? 1.1 : 1;
}

/** `a` is the simplest character, then other letters and digits, then the rest by how far out they are. */
function rank(point: number): number {
  if (point === 0x61) return 0;
  if (point > 0x61 && point <= 0x7a) return 0.01 + (point - 0x61) * 1e-4;
  if (point >= 0x30 && point <= 0x39) return 0.02 + (point - 0x30) * 1e-4;
  if (point >= 0x41 && point <= 0x5a) return 0.03 + (point - 0x41) * 1e-4;
  return point >= 0x20 && point < 0x7f ? 0.05 : 0.1 + point / 0x220000;
}
