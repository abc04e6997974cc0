import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Fault, type FaultCode, faults } from '@assay/contract';
import { Command } from 'commander';
import { openInDesktop } from '../terminal/open-in-desktop.ts';

/** The server is another application: it is started by its path, and spoken with in lines of JSON. */
const server = path.resolve(import.meta.dirname, '../../../server/src/main.ts');

interface StartOptions {
  readonly port?: string;
  readonly open: boolean;
}

export function startCommand(): Command {
  return new Command('start')
    .description('Open Assay in the browser, for one person on this machine')
    .option('--port <number>', 'where it listens (4170); 0 for any that is free')
    .option('--no-open', 'print the address, and open nothing')
    .addHelpText(
      'after',
      `
Examples:
  assay start                  start it, and open the page
  assay start --port 0         on any free port
  assay start --no-open        only print the address

Started again, it opens the one that runs. Ctrl-C ends it; what it keeps is in ASSAY_HOME (~/.assay), or in DATABASE_URL.`,
    )
    .action(async (options: StartOptions) => {
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', server], {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: { ...process.env, ...(options.port === undefined ? {} : { PORT: options.port }) },
      });
      const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 3)));
      const passOn = (signal: NodeJS.Signals): void => {
        // A terminal has sent Ctrl-C to the server as well.
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      };
      const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
      for (const signal of signals) process.on(signal, passOn);
      try {
        const { address, running } = await addressOf(child, ended);
        process.stdout.write(running ? `Assay runs already, at ${address}\n` : `Assay is at ${address}\n`);
        if (options.open && process.stdout.isTTY) openInDesktop(address);
        process.exitCode = await ended;
      } finally {
        for (const signal of signals) process.off(signal, passOn);
      }
    });
}

interface Found {
  readonly address: string;
  /** It was started before. */
  readonly running: boolean;
}

/** Where the server is, as soon as it listens: this one, or the one that runs already. Throws the fault that it ended with. */
async function addressOf(child: ChildProcess, ended: Promise<number>): Promise<Found> {
  const { promise, resolve, reject } = Promise.withResolvers<Found>();
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('the server was started without pipes');
  createInterface(stdout).on('line', (line) => {
    const { address, running } = parsed(line);
    if (typeof address === 'string') resolve({ address, running: running === true });
  });
  let fault: Fault | null = null;
  createInterface(stderr).on('line', (line) => {
    const told = parsed(line);
    fault = faultIn(told['fault']) ?? fault;
    if (told['fault'] === undefined) process.stderr.write(`${line}\n`);
  });
  void ended.then((code) => {
    // What it said last may still be in the pipe.
    setImmediate(() =>
      reject(fault ?? new Fault('internal', `The server ended with status ${code} before it was ready.`)),
    );
  });
  return promise;
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function faultIn(value: unknown): Fault | null {
  if (typeof value !== 'object' || value === null) return null;
  const { code, message, fix } = { ...value } as Readonly<Record<string, unknown>>;
  if (typeof code !== 'string' || typeof message !== 'string' || typeof fix !== 'string') return null;
  return new Fault(isFaultCode(code) ? code : 'internal', message, fix);
}

function isFaultCode(code: string): code is FaultCode {
  return Object.hasOwn(faults, code);
}
