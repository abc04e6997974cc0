import { spawn } from 'node:child_process';

/** Opens a file or an address with the desktop's own program; where there is none, what was printed has to do. */
export function openInDesktop(target: string): void {
  const program = process.platform === 'darwin' ? 'open' : 'xdg-open';
  spawn(program, [target], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
