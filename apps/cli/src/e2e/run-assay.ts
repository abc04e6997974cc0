import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Report } from '@assay/contract';

export const root = path.resolve(import.meta.dirname, '../../../..');
export const bin = path.join(root, 'apps/cli/bin/assay');

/** One data folder for all end-to-end tests of a file, so that PostgreSQL is initialised once. */
export function testHome(): string {
  return mkdtempSync(path.join(tmpdir(), 'assay-e2e-'));
}

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as a person would, and waits for its end. As root, `user` may be somebody else. */
export function assay(
  args: readonly string[],
  options: {
    readonly home: string;
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly user?: { readonly uid: number; readonly gid: number };
  } = { home: '' },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(bin, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, DATABASE_URL: '', ...options.env, ASSAY_HOME: options.home },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...options.user,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
}

/** Judges a folder and returns the report with the exit status. */
export async function check(
  args: readonly string[],
  home: string,
): Promise<{ readonly status: number | null; readonly report: Report; readonly stderr: string }> {
  const ended = await assay(['check', ...args, '--format', 'json'], { home });
  try {
    return { status: ended.status, report: JSON.parse(ended.stdout) as Report, stderr: ended.stderr };
  } catch {
    throw new Error(`no report came (exit status ${ended.status}):\n${ended.stdout}\n${ended.stderr}`);
  }
}

/** What is not as it should be, for the message of a failed test. */
export function troubles(report: Report): readonly string[] {
  return report.checks.flatMap((result) => [
    ...result.findings.map((finding) => `${result.id}: ${finding.title}`),
    ...(result.status === 'undecided' ? [`${result.id} undecided: ${result.reason}`] : []),
  ]);
}
