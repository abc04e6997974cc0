import { PassThrough } from 'node:stream';
import { checkText, type TextVerdict } from '@assay/history';
import { describe, expect, it } from 'vitest';
import { historyVerdictLines } from './history-verdict.ts';

/** Not a terminal, so that nothing is coloured. */
const plain = Object.assign(new PassThrough(), { isTTY: false }) as unknown as NodeJS.WriteStream;

function lines(result: TextVerdict): string[] {
  return historyVerdictLines('run.log', result, plain);
}

function store(...operations: readonly (readonly [f: string, key: string, value: unknown])[]): TextVerdict {
  const records = operations.map(([f, key, value], i) => ({
    process: i % 2,
    f,
    key,
    [f === 'get' ? 'output' : 'value']: value,
    call: 2 * i,
    return: 2 * i + 1,
  }));
  return checkText(records.map((record) => JSON.stringify(record)).join('\n'), { model: 'key-value', from: 'json' });
}

describe('historyVerdictLines', () => {
  it('shows the order of the witness in the words of the model, with the lines', () => {
    expect(lines(store(['put', 'a', 'x'], ['put', 'b', 'y'], ['append', 'a', 'z'], ['get', 'a', 'x']))).toEqual([
      'VIOLATED  run.log',
      '  partition a',
      expect.stringMatching(/^ {2}\S/),
      '  line 1     0  a: write "x"  → "x"',
      '  line 3     0  append "z" to a  → "xz"',
      '  line 4     1  a: read "x"  ← cannot follow',
    ]);
  });

  it('shows the end of a long order', () => {
    const puts = Array.from({ length: 40 }, (_, i) => ['append', 'a', `${i};`] as const);
    const shown = lines(store(...puts, ['get', 'a', '0;']));
    expect(shown.length).toBeLessThan(25);
    expect(shown.at(-1)).toContain('← cannot follow');
  });

  it('says no more than the verdict where there is none to show', () => {
    const ok = store(['put', 'a', 'x'], ['get', 'a', 'x']);
    expect(lines(ok)).toEqual(['OK  run.log']);
    expect(historyVerdictLines('\u001b[2Jrun.log', ok, plain)).toEqual(['OK  \u241b[2Jrun.log']);
  });
});
