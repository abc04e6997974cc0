import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { historyLines } from './history.ts';

/** Not a terminal, so that nothing is coloured. */
const plain = Object.assign(new PassThrough(), { isTTY: false }) as unknown as NodeJS.WriteStream;

it('shows the order that is possible, and then what cannot follow', () => {
  const lines = historyLines(
    {
      kind: 'history',
      operations: [
        { client: 'B', call: 20, return: 23, text: 'read → "a"', place: null },
        { client: 'A', call: 5, return: null, text: 'write "b" ?', place: 2, state: '"b"' },
        { client: 'A', call: 0, return: 4, text: 'write "a"', place: 1, state: '"a"' },
      ],
    },
    plain,
  );
  expect(lines).toEqual([
    '     0.0 – 4.0      ms A  write "a"  → "a"',
    '     5.0 – …        ms A  write "b" ?  → "b"',
    '    20.0 – 23.0     ms B  read → "a"  ← cannot follow',
  ]);
});

it('lets no client drive the terminal', () => {
  const client = 'p\u001b[31m\nq';
  const lines = historyLines(
    { kind: 'history', operations: [{ client, call: 0, return: 1, text: 'read', place: null }] },
    plain,
  );
  expect(lines).toEqual(['     0.0 – 1.0      ms p\u241b[31m q  read  ← cannot follow']);
});
