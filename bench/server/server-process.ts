import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface ServerProcess {
  /** With the token in it. */
  readonly address: URL;
  readonly token: string;
  stop(): Promise<void>;
}

/** The server alone, on any free port, with the embedded PostgreSQL of this data folder or the database that is given. */
export async function startServer(home: string, databaseUrl = ''): Promise<ServerProcess> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', path.resolve(import.meta.dirname, '../../apps/server/src/main.ts')],
    {
      env: { ...process.env, ASSAY_HOME: home, PORT: '0', DATABASE_URL: databaseUrl },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = await new Promise<URL>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) =>
      resolve(new URL((JSON.parse(line) as { address: string }).address)),
    );
    child.once('exit', (code) => reject(new Error(`the server ended with status ${code}`)));
  });
  return {
    address,
    token: address.searchParams.get('token') ?? '',
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
