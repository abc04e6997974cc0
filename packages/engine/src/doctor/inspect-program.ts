import { execa } from 'execa';
import { findProgram, neutralFolder } from '../detect/toolchain.ts';
import type { HowToGet, ToolchainRow } from './toolchains.ts';

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

/** A program of the PATH, asked for its version and for what it must be able to do. */
export async function inspectProgram(id: string, row: ToolchainRow, path: string): Promise<ToolchainReport> {
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
