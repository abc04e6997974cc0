import { type ChildProcess, spawn } from 'node:child_process';
import { bin, type Ended, root } from './run-assay.ts';

export interface LiveAssay {
  readonly child: ChildProcess;
  /** Resolves when its output (both streams together) matches; rejects when it ends before. */
  saw(pattern: RegExp): Promise<void>;
  readonly ended: Promise<Ended>;
}

/** Starts the command line and lets a test look at it while it runs. `argv` replaces the command, for a pseudo-terminal around it. */
export function startAssay(
  args: readonly string[],
  options: { readonly home: string; readonly argv?: readonly string[]; readonly stdin?: 'ignore' | 'pipe' },
): LiveAssay {
  const [program = bin, ...before] = options.argv ?? [bin, ...args];
  const child = spawn(program, before, {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: '',
      NO_COLOR: undefined,
      FORCE_COLOR: undefined,
      TERM: 'xterm-256color',
      ASSAY_HOME: options.home,
    },
    stdio: [options.stdin ?? 'ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const looks = new Set<() => void>();
  const look = (): void => looks.forEach((one) => one());
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    look();
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    look();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
  const saw = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const one = (): void => {
        if (!pattern.test(stdout + stderr)) return;
        looks.delete(one);
        resolve();
      };
      looks.add(one);
      one();
      void ended.then(() => reject(new Error(`it ended without ${pattern}:\n${stdout}\n${stderr}`)));
    });
  return { child, saw, ended };
}
