import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { follow } from './follow.ts';
import { RunTree } from './run-tree.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface Round {
  /** `none` when the run did not come to an end. */
  readonly verdict: string;
  /** What the run said last on standard error. */
  readonly said: string;
  /** Ids of checks. */
  readonly failed: readonly string[];
  /** Ids of those that were reached in time, whatever came of them. */
  readonly ran: readonly string[];
  readonly unreached: readonly string[];
  readonly totalSeconds: number;
  readonly firstFindingSeconds: number | null;
  readonly assayCpuSeconds: number;
  /** Of the backend and of PostgreSQL. */
  readonly othersCpuSeconds: number;
  readonly assayPeakMegabytes: number;
  readonly mainPeakMegabytes: number;
}

export interface Judging {
  readonly challenge: string;
  /** Assay's own folder. */
  readonly home: string;
  /** Ids and areas; empty for all. */
  readonly only: readonly string[];
  readonly budgetSeconds?: number;
}

/** One run of the command line, watched from outside. */
export async function judge(folder: string, { challenge, home, only, budgetSeconds }: Judging): Promise<Round> {
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  let firstFinding: number | null = null;
  let verdict = 'none';
  let said = '';
  const failed: string[] = [];
  const ran: string[] = [];
  const unreached: string[] = [];
  const child = spawn(
    path.join(root, 'apps/cli/bin/assay'),
    [
      'check',
      folder,
      '--challenge',
      challenge,
      '--seed',
      '7',
      '--format',
      'ndjson',
      ...(budgetSeconds === undefined ? [] : ['--budget', String(budgetSeconds)]),
      ...(only.length > 0 ? ['--only', only.join()] : []),
    ],
    { env: { ...process.env, ASSAY_HOME: home }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const closed = once(child, 'close');
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-2000)));
  const tree = new RunTree(child.pid ?? 0, home);
  const looking = setInterval(() => tree.look(), 100);
  await follow(child.stdout, {
    checkEnded: ({ id, status, reason }) => {
      if (status === 'failed') {
        firstFinding ??= seconds();
        failed.push(id);
      }
      if (status === 'undecided' && reason.startsWith('the time was up')) unreached.push(id);
      else if (status !== 'not-applicable') ran.push(id);
    },
    runEnded: (told) => (verdict = told),
  });
  await closed;
  clearInterval(looking);
  return {
    verdict,
    said: said.trim().split('\n').at(-1) ?? '',
    failed,
    ran,
    unreached,
    totalSeconds: seconds(),
    firstFindingSeconds: firstFinding,
    assayCpuSeconds: tree.ownCpuSeconds,
    othersCpuSeconds: tree.othersCpuSeconds,
    assayPeakMegabytes: tree.peak.together,
    mainPeakMegabytes: tree.peak.main,
  };
}
