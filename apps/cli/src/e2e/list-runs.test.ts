import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openHome } from '@assay/prove';
import { afterAll, expect, it } from 'vitest';
import { removeHome } from './leftovers.ts';
import { assay, testHome } from './run-assay.ts';

const home = testHome();
afterAll(() => removeHome(home));

it('says of each run what it judged and what came of it, the newest first', async () => {
  const { runs } = openHome({ ASSAY_HOME: home });
  const begun = {
    type: 'run-started',
    sequence: 1,
    at: 0,
    run: '20260101-000000-aaaaaa',
    seed: 1,
    tool: { name: 'assay', version: '0' },
    backendPath: '/work/api',
    challenge: null,
    startedAt: '2026-01-01T00:00:00.000Z',
  };
  for (const [run, text] of [
    [begun.run, `${JSON.stringify(begun)}\n`],
    ['20260102-000000-bbbbbb', ''],
  ] as const) {
    mkdirSync(path.join(runs, run));
    writeFileSync(path.join(runs, run, 'events.ndjson'), text);
  }
  const { stdout } = await assay(['list', '--runs'], { home });
  expect(stdout).toBe(
    `20260102-000000-bbbbbb
    undecided
    It was cut off before it began.
    assay show 20260102-000000-bbbbbb
20260101-000000-aaaaaa
    /work/api
    undecided
    The run was interrupted before its end.
    assay show 20260101-000000-aaaaaa
`,
  );
  const { stdout: json } = await assay(['list', '--runs', '--json'], { home });
  expect(JSON.parse(json)).toMatchObject([{ verdict: 'undecided' }, { run: begun.run, backend: '/work/api' }]);
});
