/**
 * How long a question takes to open, and an SQL answer to be marked, within a session whose database is warm: the medians over every SQL question of the bank, and over all others that start nothing.
 *   scripts/with-node bench/practice/run.ts [--report-only]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadBank, openQuestion, Workbench } from '@assay/practice';
import { openHome, openPracticePorts } from '@assay/prove';
import { median } from '../median.ts';
import { atMost, settle } from '../promises.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'assay-bench-practice-'));
const ports = openPracticePorts({
  home: openHome({ ASSAY_HOME: folder }),
  version: '0',
  signal: new AbortController().signal,
});
const { questions } = loadBank([path.resolve(import.meta.dirname, '../../questions')]);

async function timed<T>(times: number[], work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  times.push(performance.now() - began);
  return result;
}

try {
  const bench = new Workbench(ports);
  await bench.database();
  const opened = { sql: [] as number[], other: [] as number[] };
  const marked: number[] = [];
  for (const question of questions) {
    if (question.kind === 'fix' || question.kind === 'predict') continue;
    const open = await timed(question.kind === 'sql' ? opened.sql : opened.other, () =>
      openQuestion(question, 1, bench),
    );
    const key = await open.key();
    if (question.kind === 'sql') await timed(marked, () => open.mark(key));
    await open.close();
  }
  await bench.close();
  process.stdout.write(
    `a question opens in ${median(opened.other).toFixed(0)} ms, one of SQL in ${median(opened.sql).toFixed(0)} ms; an SQL answer is marked in ${median(marked).toFixed(0)} ms (medians of ${opened.other.length} and ${opened.sql.length})\n`,
  );
  settle([
    atMost('a question opens, median', median(opened.other), 100, 'ms'),
    atMost('an SQL question opens, median', median(opened.sql), 100, 'ms'),
    atMost('an SQL answer is marked, median', median(marked), 300, 'ms'),
  ]);
} finally {
  await ports.close();
  rmSync(folder, { recursive: true, force: true });
}
