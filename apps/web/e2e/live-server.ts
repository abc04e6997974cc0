import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../../..');

export interface LiveServer {
  /** With the token in it: opening it lets the browser in. */
  readonly entrance: string;
  /** Without. */
  readonly origin: string;
  readonly port: number;
  readonly home: string;
  /** Ends the process and keeps its home, for another start. */
  pause(): Promise<void>;
  /** Ends it for good. */
  stop(): Promise<void>;
}

/** The server as `npm start` has it: a process of its own with an engine and an embedded PostgreSQL, in a home of its own. */
export async function startServer(
  options: { readonly home?: string; readonly port?: number } = {},
): Promise<LiveServer> {
  const { home = mkdtempSync(path.join(tmpdir(), 'assay-web-')), port = 0 } = options;
  const child = spawn(process.execPath, [path.join(root, 'apps/server/src/main.ts')], {
    env: { ...process.env, DATABASE_URL: '', ASSAY_HOME: home, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let complained = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complained += text));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const entrance = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const address = /"address":"([^"]+)"/.exec(printed)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once('error', reject);
    child.once('exit', (status) => reject(new Error(`the server ended (${status}):\n${printed}\n${complained}`)));
  });
  const { origin, port: listening } = new URL(entrance);
  const pause = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  return {
    entrance,
    origin,
    port: Number(listening),
    home,
    pause,
    async stop() {
      await pause();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
