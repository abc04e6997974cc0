import { execa } from 'execa';
import { Fault } from '@assay/contract';
import { findPostgresPackage } from '../database/binaries.ts';
import { findProgram, neutralFolder } from '../detect/toolchain.ts';
import { probeBubblewrap } from '../sandbox/bubblewrap-probe.ts';
import { type HowToGet, type ToolchainRow, toolchains } from './toolchains.ts';

export interface ToolchainReport {
  /** `python3`, `bubblewrap` … */
  readonly id: string;
  readonly neededFor: string;
  /** True when it is here and does what is needed. */
  readonly present: boolean;
  readonly version: string | null;
  /** Where it is; also when it lacks something. */
  readonly path: string | null;
  /** Why it will not do although it is here; null when it will, or is not here at all. */
  readonly problem: string | null;
  readonly howToGet: HowToGet;
}

/** What of the programs that judging backends may need is on this machine. Asks all of them at the same time. */
export function inspectToolchains(path = process.env.PATH ?? ''): Promise<readonly ToolchainReport[]> {
  return Promise.all([
    ...Object.entries(toolchains).map(([id, row]) => inspectProgram(id, row, path)),
    inspectBubblewrap(),
    inspectPostgres(),
  ]);
}

async function inspectProgram(id: string, row: ToolchainRow, path: string): Promise<ToolchainReport> {
  const common = { id, neededFor: row.neededFor, howToGet: row.howToGet };
  const program = row.programs.flatMap((name) => findProgram(name, path) ?? [])[0];
  if (program === undefined) return { ...common, present: false, version: null, path: null, problem: null };
  const [version, lacks] = await Promise.all([
    ask(program, row.version),
    row.demand === null ? null : ask(program, row.demand),
  ]);
  if (!version.ok)
    return {
      ...common,
      present: false,
      version: null,
      path: program,
      problem: `it does not run: ${version.text.split('\n')[0] ?? ''}`,
    };
  const missing = lacks === null ? '' : lacks.text.trim().split('\n').join(', ');
  return {
    ...common,
    present: missing === '',
    version: /(\d+(?:\.\d+)+(?:[-+.\w]*\w)?)/.exec(version.text)?.[1] ?? null,
    path: program,
    problem: missing === '' ? null : `it lacks ${missing}`,
  };
}

async function ask(program: string, args: readonly string[]): Promise<{ readonly ok: boolean; readonly text: string }> {
  const result = await execa(program, args, {
    cwd: neutralFolder,
    reject: false,
    all: true,
    timeout: 30_000,
    stdin: 'ignore',
    env: { NO_COLOR: '1' },
  });
  return { ok: !result.failed, text: result.all ?? '' };
}

async function inspectBubblewrap(): Promise<ToolchainReport> {
  const probe = await probeBubblewrap();
  return {
    id: 'bubblewrap',
    neededFor: 'the sandbox; without it, only your own code is run',
    present: probe.works,
    version: probe.version,
    path: probe.path,
    problem: probe.works || probe.path === null ? null : probe.reason,
    howToGet: { debian: 'apt-get install bubblewrap', macos: 'there is none for macOS' },
  };
}

/** It comes with Assay; only an installation that is not whole lacks it. */
async function inspectPostgres(): Promise<ToolchainReport> {
  const common = {
    id: 'postgres',
    neededFor: 'the databases of backends',
    howToGet: { debian: 'npm ci', macos: 'npm ci' },
  };
  try {
    const found = findPostgresPackage();
    return { ...common, present: true, version: found.version, path: found.native, problem: null };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ...common, present: false, version: null, path: null, problem: error.message };
  }
}
