import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Report } from '@assay/contract';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { leftoversOf, nothing, removeHome } from './leftovers.ts';
import { startAssay } from './live-assay.ts';
import { assay, bin, testHome } from './run-assay.ts';
import { server, smallBackend } from './small-backend.ts';

/** Interrupted once, everything is torn down in order and what was found is told; interrupted twice, it ends at once. */

const home = testHome();
const scratch = mkdtempSync(path.join(tmpdir(), 'assay-interrupt-'));
const settings = (more: string): Readonly<Record<string, string>> => ({
  'assay.yaml': `database: postgres\n${more}\n`,
});
const building = smallBackend(
  path.join(scratch, 'building'),
  server(),
  settings('build: echo at work; sleep 600\nstart: node server.js'),
);
const starting = smallBackend(
  path.join(scratch, 'starting'),
  'setInterval(() => {}, 1000);',
  settings('start: echo at work; exec node server.js'),
);
const judged = smallBackend(
  path.join(scratch, 'judged'),
  server("console.log('at work')"),
  settings('start: node server.js'),
);
afterAll(() => {
  removeHome(home);
  rmSync(scratch, { recursive: true, force: true });
});

const moments = [
  ['the build', building, 'while the backend was built'],
  ['the start', starting, 'while the backend was started'],
  ['the checks', judged, 'during the checks'],
] as const;

/** `│ at work` is the build's, the others print into the stream of events. */
const atWork = /"line":"at work"/;

describe.skipIf(process.platform !== 'linux')('interrupted once', () => {
  afterEach(() => expect(leftoversOf(home)).toEqual(nothing));

  it.each(moments)('during %s: undecided, and the report says when', async (_moment, folder, when) => {
    const run = startAssay(['check', folder, '--format', 'ndjson'], { home });
    await run.saw(atWork);
    run.child.kill('SIGINT');
    const { status, stdout, stderr } = await run.ended;
    expect(stderr).toContain('assay: stopping; once more to stop at once\n');
    const { type, report } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { type: string; report: Report };
    expect(type).toBe('report');
    expect(report.verdict).toBe('undecided');
    expect(report.reason).toBe(`The run was interrupted ${when}.`);
    expect(report.checks.flatMap((check) => check.findings)).toEqual([]);
    expect(status).toBe(3);
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('by %s', async (signal) => {
    const run = startAssay(['check', judged, '--format', 'ndjson'], { home });
    await run.saw(atWork);
    run.child.kill(signal);
    expect(await run.ended).toMatchObject({ status: 3, signal: null });
  });

  it('by one Ctrl-C that arrives twice, as through npm', async () => {
    const run = startAssay(['check', judged, '--format', 'ndjson'], { home });
    await run.saw(atWork);
    run.child.kill('SIGINT');
    run.child.kill('SIGTERM');
    const { status, stdout, stderr } = await run.ended;
    expect(stdout.trimEnd().split('\n').at(-1)).toContain('"type":"report"');
    expect(stderr).not.toContain('stopped at once');
    expect(status).toBe(3);
  });

  it.each(moments)(
    'by an error of Assay’s own that nobody caught, during %s: told as such',
    async (_moment, folder) => {
      const plant = path.join(scratch, 'fails.mjs');
      writeFileSync(plant, "process.once('SIGUSR2', () => { throw new Error('planted'); });\n");
      const argv = ['env', `NODE_OPTIONS=--import ${plant}`, bin, 'check', folder, '--format', 'ndjson'];
      const run = startAssay([], { home, argv });
      await run.saw(atWork);
      run.child.kill('SIGUSR2');
      const { status, stdout, stderr } = await run.ended;
      expect(stderr).toMatch(/assay: Assay itself failed; this says nothing about the backend\.\n {2}Error: planted\n/);
      expect(stdout.trimEnd().split('\n').at(-1)).toContain('"verdict":"undecided"');
      expect(status).toBe(3);
    },
  );

  it('the run is kept as far as it came', async () => {
    const { status, stdout } = await assay(['show', '--text'], { home });
    expect(stdout).toContain('UNDECIDED  The run was interrupted during the checks.');
    expect(status).toBe(0);
  });

  it('because nobody reads the events any more', async () => {
    const run = startAssay(['check', judged, '--format', 'ndjson'], { home });
    await run.saw(atWork);
    run.child.stdout?.destroy();
    const { status, stderr } = await run.ended;
    expect(stderr).not.toMatch(/EPIPE|Error/);
    expect(status).toBe(3);
  });
});

describe.skipIf(process.platform !== 'linux')('interrupted twice', () => {
  it('ends at once; the next start sweeps what is left', async () => {
    const run = startAssay(['check', judged, '--format', 'ndjson'], { home });
    await run.saw(atWork);
    run.child.kill('SIGINT');
    await run.saw(/stopping/);
    // One that follows at once is an echo of the first.
    const again = setInterval(() => run.child.kill('SIGINT'), 50);
    const { status } = await run.ended;
    clearInterval(again);
    expect(status).toBe(3);
    const good = smallBackend(path.join(scratch, 'good'), server(), settings('start: node server.js'));
    expect((await assay(['check', good, '--only', 'contract/no-server-error'], { home })).status).toBe(0);
    expect(leftoversOf(home)).toEqual(nothing);
  });
});

const canScript = process.platform === 'linux' && spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0;

/** Runs the command line in a pseudo-terminal, where Ctrl-C goes to the whole foreground process group. */
/** As a person's own terminal: CI servers and NO_COLOR turn colours off, rightly. */
function inTerminal(words: string): ReturnType<typeof startAssay> {
  const argv = ['script', '-qec', `stty cols 100 rows 30; unset CI NO_COLOR; exec ${bin} ${words}`, '/dev/null'];
  return startAssay([], { home, argv, stdin: 'pipe' });
}

describe.skipIf(!canScript)('in a terminal', () => {
  afterEach(() => expect(leftoversOf(home)).toEqual(nothing));

  it.each([
    ['the build', building, /│ .*at work/, 'while the backend was built'],
    ['the start', starting, /Starting the backend: /, 'while the backend was started'],
    ['the checks', judged, /\/\d+ checks · [1-9]\d* requests/, 'during the checks'],
  ] as const)('Ctrl-C during %s ends it in order', async (_moment, folder, sign, when) => {
    const run = inTerminal(`check ${folder}`);
    await run.saw(sign);
    run.child.stdin?.write('\u0003');
    const { status, stdout } = await run.ended;
    expect(stdout).toContain(`The run was interrupted ${when}.`);
    expect(stdout).not.toMatch(/defect in Assay|Assay had trouble|ended by itself/);
    expect(status).toBe(3);
  });

  it('shows colours and a line that moves, and leaves nothing of it', async () => {
    const folder = smallBackend(path.join(scratch, 'seen'), server(), settings('start: node server.js'));
    const { status, stdout } = await inTerminal(`check ${folder} --only contract`).ended;
    expect(stdout).toMatch(/\r\u001b\[2K\u001b\[2m. \d+ s · /);
    expect(stdout).toContain('\u001b[32m');
    const [after = ''] = stdout.split('\r\u001b[2K').slice(-1);
    expect(after).toContain('PASSED');
    expect(after).toContain('No request makes the backend fail');
    expect(status).toBe(0);
  });
});

describe('output that nobody reads to its end', () => {
  it.each([
    `${bin} list | head -n 1`,
    `${bin} list --checks | head -n 1`,
    `${bin} check ${building}/nowhere 2>&1 | head -n 1`,
  ])('%s', async (line) => {
    const { status, stderr } = await startAssay([], { home, argv: ['bash', '-c', line] }).ended;
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});
