import { execFile } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { accountOf, atLeast, atMost, below } from './promises.ts';

const helper = pathToFileURL(path.join(import.meta.dirname, 'promises.ts')).href;

/** A script that ends as a benchmark does. */
async function ending(
  script: string,
  ...flags: readonly string[]
): Promise<{ readonly status: unknown; readonly said: string }> {
  const text = `import { atMost, NotMeasured, settle, settleWithout } from '${helper}';\n${script}`;
  return new Promise((resolve) =>
    execFile(
      process.execPath,
      ['--input-type=module', '--eval', text, '--', ...flags],
      { encoding: 'utf8' },
      (error, _, said) => resolve({ status: error?.code ?? 0, said }),
    ),
  );
}

it('keeps a promise up to its limit, or short of it', () => {
  expect(accountOf([atMost('a start', 50, 50, 'ms'), atLeast('a share', 0.5, 0.5)]).status).toBe(0);
  expect(accountOf([below('a ratio', 0.99, 1)]).status).toBe(0);
  expect(accountOf([below('a ratio', 1, 1)]).status).toBe(1);
});

it('says which promise was missed, what was measured and what was promised', () => {
  expect(accountOf([atMost('a judgement', 23.456, 20, 's'), atMost('memory', 239, 300, 'MB')])).toEqual({
    lines: ['missed: a judgement: measured 23.46 s, promised at most 20 s'],
    status: 1,
  });
  expect(accountOf([atLeast('requests over theirs', 4.9999, 5)]).lines).toEqual([
    'missed: requests over theirs: measured 4.9999, promised at least 5',
  ]);
});

it('never takes for kept what was not measured', () => {
  for (const measured of [Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(accountOf([atMost('over wrk', measured, 1.5)])).toEqual({
      lines: ['not measured: over wrk, promised at most 1.5'],
      status: 3,
    });
  }
  expect(accountOf([]).status).toBe(3);
  expect(accountOf([atMost('a start', 1, 50)], ['there is no wrk'])).toEqual({
    lines: ['not measured: there is no wrk'],
    status: 3,
  });
  expect(accountOf([atMost('a start', 51, 50)], ['there is no wrk']).status).toBe(1);
});

it('ends a script with what its promises came to', async () => {
  expect((await ending(`settle([atMost('a start', 1, 50)])`)).status).toBe(0);
  expect(await ending(`settle([atMost('a start', 51, 50, 'ms')])`)).toEqual({
    status: 1,
    said: 'missed: a start: measured 51 ms, promised at most 50 ms\n',
  });
  expect((await ending(`settle([atMost('a start', NaN, 50)])`)).status).toBe(3);
  expect(
    await ending(`try { throw new NotMeasured('there is no wrk') } catch (error) { settleWithout(error) }`),
  ).toEqual({ status: 3, said: 'not measured: there is no wrk\n' });
  expect((await ending(`try { throw new Error('a mistake') } catch (error) { settleWithout(error) }`)).said).toContain(
    'a mistake',
  );
});

it('fails nothing that was measured with --report-only, and still says it', async () => {
  const missed = `atMost('a start', 51, 50, 'ms')`;
  expect(await ending(`settle([${missed}])`, '--report-only')).toEqual({
    status: 0,
    said: 'missed: a start: measured 51 ms, promised at most 50 ms\n',
  });
  expect((await ending(`settle([${missed}, atMost('a stop', NaN, 50)])`, '--report-only')).status).toBe(3);
  expect((await ending(`settle([${missed}], ['there is no wrk'])`, '--report-only')).status).toBe(3);
});
