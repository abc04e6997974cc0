import type { ProcessRow } from './process-rows.ts';

const shells = new Set(['sh', 'dash', 'bash', 'ash', 'zsh', 'ksh', 'busybox']);

/**
 * The process that a signal for the backend is meant for: what was started, or, where that is a shell that waits for one command
 * (`cd app && node server.js`), that command. Shells do not pass signals on; npm and its like do.
 */
export function findMainProcess(rows: readonly ProcessRow[], first: number): number {
  let main = first;
  for (;;) {
    const row = rows.find(({ pid }) => pid === main);
    const children = rows.filter(({ parent, zombie }) => parent === main && !zombie);
    const [child] = children;
    if (row === undefined || !shells.has(row.name) || child === undefined || children.length > 1) return main;
    main = child.pid;
  }
}
