import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const main = path.resolve(import.meta.dirname, '../main.ts');

/** A server as `assay start` runs it, on any free port. */
export interface LiveServer {
  readonly child: ChildProcess;
  readonly home: string;
  readonly port: number;
  readonly token: string;
  /** Asks the API with the token. */
  ask(method: string, target: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Ends it, and waits for that. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test looks into whatever came back
  readonly json: any;
  readonly text: string;
}

export function testHome(): string {
  return mkdtempSync(path.join(tmpdir(), 'assay-server-'));
}

/** What was said instead of being ready. */
export interface NotStarted {
  readonly status: number | null;
  readonly said: string;
}

export async function startServer(home: string, env: Readonly<Record<string, string>> = {}): Promise<LiveServer> {
  const started = await tryServer(home, env);
  if ('said' in started) throw new Error(`the server did not start (${started.status}): ${started.said}`);
  return started;
}

export async function tryServer(
  home: string,
  env: Readonly<Record<string, string>> = {},
  meanwhile: (child: ChildProcess) => Promise<void> = () => Promise.resolve(),
): Promise<LiveServer | NotStarted> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env: {
      ...process.env,
      DATABASE_URL: '',
      PORT: '0',
      HOST: '',
      ASSAY_TOKEN: '',
      NODE_OPTIONS: '',
      ...env,
      ASSAY_HOME: home,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (said += piece));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  await meanwhile(child);
  const address = await Promise.race([
    new Promise<URL>((resolve) =>
      createInterface(child.stdout).on('line', (line) => {
        said += `${line}\n`;
        const told = JSON.parse(line) as { readonly ready?: boolean; readonly address: string };
        if (told.ready === true) resolve(new URL(told.address));
      }),
    ),
    ended,
  ]);
  if (!(address instanceof URL)) return { status: address, said };
  const token = address.searchParams.get('token') ?? '';
  return {
    child,
    home,
    port: Number(address.port),
    token,
    ask: (method, target, body, headers) => ask(address, method, target, token, body, headers),
    end: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}

async function ask(
  address: URL,
  method: string,
  target: string,
  token: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(new URL(target, address), {
    method,
    redirect: 'manual',
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  let json: unknown = null;
  try {
    json = JSON.parse(text);
  } catch {
    // It is no JSON.
  }
  return { status: response.status, headers: response.headers, json, text };
}

/** Asks until the answer is as it should be. */
export async function until<T>(look: () => Promise<T>, holds: (seen: T) => boolean, withinMs = 240_000): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (performance.now() > deadline) throw new Error(`it never came: ${JSON.stringify(seen).slice(0, 2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
