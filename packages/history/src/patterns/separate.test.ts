import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cellView, type CasRegisterInput } from '../models/register-input.ts';
import { entryOf, type Operation } from '../operation.ts';
import type { Value } from '../value.ts';
import type { CellView } from './cell.ts';
import { separateValues } from './separate.ts';

const operation = fc
  .record({
    value: fc.constantFrom(1, 2),
    f: fc.constantFrom('read', 'write', 'write', 'cas'),
    call: fc.nat(30),
    length: fc.nat(8),
    outcome: fc.constantFrom('ok', 'ok', 'ok', 'unknown'),
  })
  .map(({ value, f, call, length, outcome }): Operation<CasRegisterInput, Value> => {
    const times = { process: null, call, return: call + length, outcome } as const;
    if (f === 'read') return { ...times, input: { f }, output: value };
    if (f === 'write') return { ...times, input: { f, value } };
    return { ...times, outcome: 'ok', input: { f: 'cas', from: value, to: value }, output: true };
  });

/** Writes by index, joined where one read could have seen either: as the definition has it, pair by pair. */
function joined(views: readonly CellView<CasRegisterInput, Value>[]): number[] {
  const group = views.map((_, i) => i);
  const known = views.filter(({ entry, left }) => entry.known && left !== null);
  for (const { entry: reader, saw } of views) {
    if (saw === null) continue;
    const before = known.filter(({ entry }) => entry.return < reader.call);
    const overwritten = Math.max(...before.map(({ entry }) => entry.call), Number.NEGATIVE_INFINITY);
    const seen = views.flatMap(({ entry, left }, i) =>
      left === saw && entry !== reader && entry.call <= reader.return && entry.return >= overwritten ? [i] : [],
    );
    for (const i of seen) {
      const [from, to] = [group[i], group[seen[0] ?? i]];
      for (const [k, each] of group.entries()) if (each === from) group[k] = to ?? each;
    }
  }
  return group;
}

it('tells two writes of a value apart exactly where no read could have seen both', () => {
  fc.assert(
    fc.property(fc.array(operation, { minLength: 1, maxLength: 14 }), (history) => {
      const views = history.map((each, index) => cellView(entryOf(each, index)));
      const names = separateValues(views, 'null', () => undefined).map(({ left }) => left);
      const groups = joined(views);
      for (const [i, a] of views.entries())
        for (const [k, b] of views.entries())
          if (a.left !== null && a.left === b.left)
            expect(names[i] === names[k], JSON.stringify([i, k, history])).toBe(groups[i] === groups[k]);
    }),
    { numRuns: 1500 },
  );
});
