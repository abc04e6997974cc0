import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Home } from '@assay/engine';

/** What a running server leaves in the data folder, so that a second start finds it. */
export interface Announcement {
  readonly pid: number;
  readonly port: number;
  readonly token: string;
}

function fileOf(home: Pick<Home, 'root'>): string {
  return path.join(home.root, 'server.json');
}

export function announce(home: Home, announcement: Announcement): void {
  writeFileSync(fileOf(home), JSON.stringify(announcement), { mode: 0o600 });
}

/** Takes away our own, not that of another. */
export function forget(home: Home): void {
  if (readAnnouncement(home)?.pid === process.pid) rmSync(fileOf(home), { force: true });
}

/** The server that answers for this data folder; null when there is none, or only what a killed one left. */
export async function findRunning(home: Home): Promise<Announcement | null> {
  const found = readAnnouncement(home);
  if (found === null || found.pid === process.pid || !isAlive(found.pid)) return null;
  try {
    // The token is this data folder's own: another program at that port does not take it.
    const response = await fetch(`http://127.0.0.1:${found.port}/api/settings`, {
      headers: { authorization: `Bearer ${found.token}` },
      signal: AbortSignal.timeout(5000),
    });
    return response.ok || response.status === 503 ? found : null;
  } catch {
    return null;
  }
}

function readAnnouncement(home: Home): Announcement | null {
  try {
    const value: unknown = JSON.parse(readFileSync(fileOf(home), 'utf8'));
    if (typeof value !== 'object' || value === null) return null;
    const { pid, port, token } = value as Readonly<Record<string, unknown>>;
    return typeof pid === 'number' && typeof port === 'number' && typeof token === 'string'
      ? { pid, port, token }
      : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
