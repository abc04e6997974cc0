import { existsSync } from 'node:fs';
import { release } from 'node:os';
import type { Language } from '../question/predict.ts';

const mebibyte = 1024 * 1024;

/** Each file that a program writes, and all that it keeps in /tmp. Bytes. */
export const largestFiles = 64 * mebibyte;
/** Of each of its processes. Heaps have their own, smaller limit; this one holds for what stands beside them. */
const mostMemory = 2048 * mebibyte;
/** Also what is shared or only set aside, of which the stacks of many threads need much. */
const mostAddresses = 4096 * mebibyte;
/** Processes and threads together. */
const mostProcesses = 256;

/** The beginning of a command that shall have limits; empty where there is no prlimit. */
export function limited(language: Language, walled: boolean): readonly string[] {
  const prlimit = ['/usr/bin/prlimit', '/bin/prlimit'].find(existsSync);
  if (prlimit === undefined) return [];
  // Node.js and Java set aside more addresses than they will ever use.
  const sparing = language === 'python' || language === 'php';
  return [
    prlimit,
    '--core=0',
    `--fsize=${largestFiles}`,
    `--data=${mostMemory}`,
    ...(sparing ? [`--as=${mostAddresses}`] : []),
    ...(walled && countsEachSandbox(release()) ? [`--nproc=${mostProcesses}`] : []),
    // The kernel, when memory runs out, shall take the program and nothing else.
    '/bin/sh',
    '-c',
    '{ echo 1000 > /proc/self/oom_score_adj; } 2>/dev/null; exec "$@"',
    'sh',
  ];
}

/** Since Linux 5.14 a user's processes are counted in each user namespace; before that, all that the person runs would count. */
export function countsEachSandbox(kernel: string): boolean {
  const [major = 0, minor = 0] = kernel.split(/[.-]/).map(Number);
  return major > 5 || (major === 5 && minor >= 14);
}
