import { readFileSync } from 'node:fs';

export interface UnprivilegedUser {
  readonly uid: number;
  readonly gid: number;
}

const slots = 64;
let next = 0;

/**
 * A user that owns nothing on this machine, for one sandbox of an Assay that runs as root; null for an Assay that does not, whose backends run
 * as the same user in a user namespace. No two sandboxes share one, so that the kernel counts the processes of each by itself.
 */
export function unprivilegedUser(): UnprivilegedUser | null {
  if (process.getuid?.() !== 0) return null;
  next = (next + 1) % slots;
  const uid = pickUid(process.pid * slots + next, readFileSync('/proc/self/uid_map', 'latin1'));
  return { uid, gid: uid };
}

/** Numbers above those that systems and containers hand out; where Assay is root of a smaller range, from that range's upper half. */
export function pickUid(wish: number, uidMap: string): number {
  const size = Math.max(0, ...uidMap.split('\n').map((line) => endOfRange(line.trim())));
  const base = 1_900_000_000;
  const room = 200_000_000;
  if (size >= base + room) return base + (wish % room);
  const half = Math.floor(size / 2);
  return Math.max(1, half + (wish % Math.max(1, half - 2)));
}

/** `inside outside count` */
function endOfRange(line: string): number {
  const [inside, , count] = line.split(/\s+/);
  return Number(inside ?? 0) + Number(count ?? 0);
}
