import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Report } from '@assay/contract';
import { type Home, openDatabaseServer } from '@assay/engine';
import type { BackendJudgement, PracticePorts } from '@assay/practice';
import { challengesFolder } from './challenge.ts';
import { recordingLimits } from './recording-fold.ts';
import { prove } from './run.ts';
import { getReport, listRuns, readRecording } from './store.ts';

/** The questions that come with Assay. */
export const questionsFolder =
  // A bundle carries them beside itself.
  [path.join(import.meta.dirname, 'questions')].find(existsSync) ??
  path.resolve(import.meta.dirname, '../../../questions');

export interface PortOptions {
  readonly home: Home;
  readonly version: string;
  readonly signal: AbortSignal;
}

/**
 * What practice needs of the floors that it may not know. Answers run on the embedded PostgreSQL alone, never on a server of somebody's own: there each of them has a role without any
 * other rights. The server is started when the first answer needs it.
 */
export function openPracticePorts({ home, version, signal }: PortOptions): PracticePorts & { close(): Promise<void> } {
  let opening: ReturnType<typeof openDatabaseServer> | null = null;
  return {
    challenges: challengesFolder,
    lastRun: () => lastRunOf(home),
    async database() {
      opening ??= openDatabaseServer(home, { signal });
      const server = await opening;
      const { name, user, password, drop } = await server.createDatabase();
      return {
        ...server.address,
        database: name,
        user,
        password,
        administer: (text, parameters) => server.administer(text, parameters),
        drop,
      };
    },
    async judgeBackend(folder, checks, seed) {
      const report = await prove(
        {
          folder,
          challenge: null,
          contract: null,
          only: checks,
          seed,
          startTimeoutSeconds: 30,
          budgetSeconds: null,
          sandbox: 'auto',
          home,
          ownServer: undefined,
          version,
          known: new Set(),
          focus: null,
          transient: true,
          signal,
        },
        () => undefined,
      );
      return judgementOf(report, checks);
    },
    async close() {
      await (await opening?.catch(() => null))?.release();
    },
  };
}

/** How a backend fared with the checks that were asked for. */
export function judgementOf(report: Report, checks: readonly string[]): BackendJudgement {
  const asked = report.checks.filter(({ id }) => checks.includes(id));
  const told = report.checks.flatMap((check) =>
    check.findings.length > 0
      ? check.findings.map(({ title }) => `${check.id}: ${title}.`)
      : check.status === 'passed'
        ? []
        : [`${check.id}: ${check.status}, ${check.reason}.`],
  );
  return {
    passed: asked.length === checks.length && report.checks.every(({ status }) => status === 'passed'),
    said: told.length > 0 ? told : [report.reason],
  };
}

/** A question about a request needs all that it ran; requests beyond this are asked nothing about. */
const practiceLimits = { ...recordingLimits, each: 10_000, together: 100_000, eachThen: 0 };

/** The newest run that can be read; one that was cut off at its beginning has nothing to ask about. */
function lastRunOf(home: Home): ReturnType<PracticePorts['lastRun']> {
  for (const run of listRuns(home.runs).slice(0, 5)) {
    try {
      return { report: getReport(home.runs, run), recording: readRecording(home.runs, run, undefined, practiceLimits) };
    } catch {
      continue;
    }
  }
  return null;
}
