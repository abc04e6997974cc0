import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { basename } from 'node:path';
import type { ProcessRow } from './process-rows.ts';

const shells = new Set(['sh', 'dash', 'bash', 'ash', 'zsh', 'ksh', 'busybox']);
const runners = /^(npm|npx|pnpm|yarn|corepack)(-cli)?(\.c?js)?$/;

/**
 * The process that a signal for the backend is meant for: what was started, or, where that only waits for one command (`cd app && node server.js`,
 * `npm start`), that command. Shells do not pass signals on, and npm passes them to a shell. A script that has a trap for SIGTERM takes it itself.
 */
export function findMainProcess(
  rows: readonly ProcessRow[],
  first: number,
  argumentsOf: (pid: number) => readonly string[] = readArguments,
  trapsTermination: (pid: number) => boolean = catchesTermination,
): number {
  let main = first;
  for (;;) {
    const row = rows.find(({ pid }) => pid === main);
    const children = rows.filter(({ parent, zombie }) => parent === main && !zombie);
    const [child] = children;
    if (
      row === undefined ||
      child === undefined ||
      children.length > 1 ||
      !isWrapper(row, argumentsOf, trapsTermination)
    )
      return main;
    main = child.pid;
  }
}

function isWrapper(
  row: ProcessRow,
  argumentsOf: (pid: number) => readonly string[],
  trapsTermination: (pid: number) => boolean,
): boolean {
  if (shells.has(row.name)) return !trapsTermination(row.pid);
  // npm writes `npm start` over its command line; the others are seen as `node …/yarn.js start`.
  const [program = '', script = ''] = argumentsOf(row.pid);
  return runners.test(program.split(' ')[0] ?? '') || runners.test(basename(program)) || runners.test(basename(script));
}

function readArguments(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/**
 * The Node.js that opens its inspector for SIGUSR1 and keeps all that is kept: the main process, or the one that it has started (`tsx`, `cross-env`). Null where
 * there is none, or several, as in a cluster. To whom does not catch that signal it would be the end.
 */
export function findInspectable(
  rows: readonly ProcessRow[],
  main: number,
  argumentsOf: (pid: number) => readonly string[] = readArguments,
  listens: (pid: number) => boolean = (pid) => catches(pid, constants.signals.SIGUSR1),
): number | null {
  const isNode = (pid: number): boolean => basename(argumentsOf(pid)[0] ?? '') === 'node';
  if (!isNode(main)) return null;
  const [child, ...more] = rows.filter(({ parent, pid, zombie }) => parent === main && !zombie && isNode(pid));
  if (child !== undefined) return more.length === 0 ? findInspectable(rows, child.pid, argumentsOf, listens) : null;
  return listens(main) ? main : null;
}

/** Whether SIGTERM is among the signals that the process catches. */
function catchesTermination(pid: number): boolean {
  return catches(pid, constants.signals.SIGTERM);
}

/** `SigCgt` in proc_pid_status(5) is a mask in hexadecimal. */
function catches(pid: number, signal: number): boolean {
  try {
    const mask = /^SigCgt:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return mask !== undefined && (BigInt(`0x${mask}`) & (1n << BigInt(signal - 1))) !== 0n;
  } catch {
    return false;
  }
}
