import { Fault } from '@assay/contract';
import { findProcess, isRunning, pidRealm } from './process-identity.ts';

/** The variable in the environment of everything that an Assay starts. */
export const ownerVariable = 'ASSAY_OWNER';

/** An Assay process, as it is written into names of files and databases: `<pid>-<start time>-<realm>`. */
export type OwnerToken = string;

const tokenPattern = /^(\d+)-(\d+)-([0-9a-f]{8})$/;

let ownToken: OwnerToken | undefined;

/** The token of this process. */
export function ownerToken(): OwnerToken {
  if (ownToken === undefined) {
    const self = findProcess(process.pid);
    if (self === null) {
      throw new Fault(
        'internal',
        `The start time of this process (${process.pid}) cannot be read.`,
        'Mount /proc, or have `ps` on the PATH.',
      );
    }
    ownToken = `${self.pid}-${self.start}-${pidRealm()}`;
  }
  return ownToken;
}

/** What every process that Assay starts must have in its environment, so that it is found when Assay was killed. */
export function ownerMarker(): Readonly<Record<string, string>> {
  return { [ownerVariable]: ownerToken() };
}

/** The pid in a token, for messages; null when it is not a token. */
export function ownerPid(token: OwnerToken): number | null {
  const match = tokenPattern.exec(token);
  return match === null ? null : Number(match[1]);
}

/** `ours`: pids of that owner are our pids. Owners of an earlier boot or another PID namespace cannot be looked up. */
export function isOfThisRealm(token: OwnerToken): boolean {
  return tokenPattern.exec(token)?.[3] === pidRealm();
}

/**
 * False when the Assay that wrote this token into its own data folder has ended. An owner from another realm counts as dead: a
 * data folder belongs to one machine, and is not shared by containers that run at the same time.
 */
export function isOwnerAlive(token: OwnerToken): boolean {
  const match = tokenPattern.exec(token);
  if (match === null || match[3] !== pidRealm()) return false;
  return isRunning({ pid: Number(match[1]), start: match[2] ?? '' });
}
