import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@assay/contract';
import { touching } from './folder-fault.ts';
import type { Home } from './home.ts';
import { isOwnerAlive, ownerPid, ownerToken } from './owner.ts';

export interface LockOptions {
  readonly signal?: AbortSignal;
  /** How long to wait for the holder. Default: what the data folder's settings say, or 60 s. */
  readonly timeoutMs?: number;
}

let uses = 0;

/**
 * Runs `work` while no other Assay on this data folder holds the lock of this name. First come, first served. The lock of an
 * Assay that was killed is free at once. Throws `data-folder-locked` when a living holder keeps it for too long.
 *
 * This is Lamport's bakery algorithm, with files for registers. Every file names its owner and is written by that owner alone,
 * so that a dead owner's files can be removed by anybody at any time: there is no lock file that two could break at once, and
 * nothing that a kill at any point could leave locked.
 */
export async function withLock<T>(
  home: Home,
  name: string,
  work: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  const folder = join(home.root, 'locks', name);
  uses += 1;
  const self = `${ownerToken()}-${uses}`;
  const choosing = join(folder, `choosing-${self}`);
  let ticketFile: string | undefined;
  try {
    const ticket = touching(folder, () => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(choosing, '');
      const last = entries(folder).reduce((highest, entry) => Math.max(highest, entry.ticket ?? 0), 0);
      ticketFile = join(folder, `${last + 1}-${self}`);
      writeFileSync(ticketFile, '');
      rmSync(choosing, { force: true });
      return last + 1;
    });
    await turn(folder, name, { ticket, self }, { timeoutMs: home.lockTimeoutMs ?? 60_000, ...options });
    return await work();
  } finally {
    if (ticketFile !== undefined) rmSync(ticketFile, { force: true });
    rmSync(choosing, { force: true });
  }
}

interface Entry {
  /** Null while its owner is still choosing. */
  readonly ticket: number | null;
  readonly owner: string;
  /** Owner and use: unique. */
  readonly self: string;
}

/** The files of the living; those of the dead are removed. */
function entries(folder: string): readonly Entry[] {
  const found: Entry[] = [];
  for (const name of touching(folder, () => readdirSync(folder))) {
    const match = /^(choosing|\d+)-((\d+-\d+-[0-9a-f]{8})-\d+)$/.exec(name);
    const [, ticket, self, owner] = match ?? [];
    if (ticket === undefined || self === undefined || owner === undefined) continue;
    if (isOwnerAlive(owner)) found.push({ ticket: ticket === 'choosing' ? null : Number(ticket), self, owner });
    else rmSync(join(folder, name), { force: true });
  }
  return found;
}

async function turn(
  folder: string,
  name: string,
  own: { ticket: number; self: string },
  options: LockOptions & { readonly timeoutMs: number },
): Promise<void> {
  const { timeoutMs } = options;
  const deadline = performance.now() + timeoutMs;
  let wait = 2;
  for (;;) {
    const ahead = findAhead(folder, own);
    if (ahead === null) return;
    if (performance.now() > deadline) {
      throw new Fault(
        'data-folder-locked',
        `Another Assay (process ${ownerPid(ahead.owner) ?? '?'}) has held the lock "${name}" of ${folder} for more than ${Math.round(timeoutMs / 1000)} s.`,
      );
    }
    await pause(wait, undefined, options.signal === undefined ? {} : { signal: options.signal });
    wait = Math.min(wait * 1.5, 50);
  }
}

/** Who goes before us, or null when it is our turn. */
function findAhead(folder: string, own: { ticket: number; self: string }): Entry | null {
  // Two readings, not one: who was choosing during the first may have taken a smaller number that it missed.
  const stillChoosing = entries(folder).find((entry) => entry.ticket === null && entry.self !== own.self);
  if (stillChoosing !== undefined) return stillChoosing;
  const first = entries(folder).find(
    (entry) =>
      entry.ticket !== null &&
      entry.self !== own.self &&
      (entry.ticket < own.ticket || (entry.ticket === own.ticket && entry.self < own.self)),
  );
  return first ?? null;
}
