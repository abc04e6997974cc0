import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chmodSync, constants, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** For tests: another process with code of this package, as another Assay would be. */
export interface TestChild {
  readonly process: ChildProcess;
  readonly pid: number;
  /** The next line it prints. */
  line(): Promise<string>;
  kill(): Promise<void>;
  /** Its exit status, and all it printed on standard error. */
  end(): Promise<{ readonly code: number | null; readonly stderr: string }>;
}

/** @param code an ES module; `load('home/home.ts')` imports a file of packages/engine/src. */
export function startChild(
  code: string,
  home: string,
  user?: { readonly uid: number; readonly gid: number },
  /** A file of ours that it is started with, at a number that no file of its own has. */
  inherited?: number,
): TestChild {
  const sources = join(import.meta.dirname, '..');
  const prelude = `const load = (file) => import(${JSON.stringify(`${sources}/`)} + file); const say = (line) => process.stdout.write(line + '\\n');\n`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', prelude + code], {
    cwd: '/',
    env: { PATH: process.env['PATH'], HOME: home, ASSAY_HOME: home },
    stdio: [
      'ignore',
      'pipe',
      'pipe',
      ...(inherited === undefined ? [] : [...Array<'ignore'>(97).fill('ignore'), inherited]),
    ],
    ...user,
  });
  const { stdout: output, stderr: errors } = child;
  if (output === null || errors === null) throw new Error('the process was started without pipes');
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  let rest = '';
  let stderr = '';
  errors.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  output.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const next = waiting.shift();
      if (next === undefined) lines.push(part);
      else next(part);
    }
  });
  const closed = once(child, 'close');
  return {
    process: child,
    pid: child.pid ?? 0,
    line: () => {
      const known = lines.shift();
      if (known !== undefined) return Promise.resolve(known);
      const next = new Promise<string>((resolve) => waiting.push(resolve));
      const ended = closed.then(() => lines.shift() ?? Promise.reject(new Error(`The process ended: ${stderr}`)));
      ended.catch(() => undefined);
      return Promise.race([next, ended]);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
    end: async () => {
      await closed;
      return { code: child.exitCode, stderr };
    },
  };
}

/** A fresh folder for a data folder; its path is in a folder that everybody may enter. */
export function temporaryHome(): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'assay-test-'));
  chmodSync(folder, 0o755);
  return { path: join(folder, 'home'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** True when another user could run the sources and the Node.js of this checkout. */
export function isCheckoutReachable(): boolean {
  return [process.execPath, import.meta.dirname].every((path) => {
    for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
      if ((statSync(folder).mode & 0o005) !== 0o005) return false;
    }
    accessSync(path, constants.R_OK);
    return true;
  });
}

export const isRoot = process.getuid?.() === 0;
export const nobody = { uid: 65_534, gid: 65_534 };
