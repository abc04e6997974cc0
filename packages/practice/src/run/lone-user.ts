import { existsSync, readFileSync } from 'node:fs';

export interface LoneUser {
  readonly id: number;
}

const slots = 64;
let next = 0;

/** A user, and a group of the same number, that owns nothing on this machine. No two programs at one time share one, so that the kernel counts the processes of each by itself. */
export function loneUser(): LoneUser {
  next = (next + 1) % slots;
  const known = existsSync('/proc/self/uid_map') ? readFileSync('/proc/self/uid_map', 'latin1') : '';
  return { id: pickUser(process.pid * slots + next, known) };
}

/** Above the numbers that systems and containers hand out; where Assay is root of a smaller range, from that range's upper half. */
export function pickUser(wish: number, uidMap: string): number {
  const ends = uidMap.split('\n').map((line) => {
    const [inside, , count] = line.trim().split(/\s+/);
    return Number(inside ?? 0) + Number(count ?? 0);
  });
  const size = Math.max(0, ...ends);
  const [base, room] = [1_900_000_000, 200_000_000];
  if (size >= base + room) return base + (wish % room);
  const half = Math.floor(size / 2);
  return Math.max(1, half + (wish % Math.max(1, half - 2)));
}

/** The beginning of a command that shall run as this user, without any rights. */
export function asUser(user: LoneUser | null): readonly string[] {
  if (user === null) return [];
  return [
    'setpriv',
    '--reuid',
    String(user.id),
    '--regid',
    String(user.id),
    '--clear-groups',
    '--inh-caps=-all',
    '--ambient-caps=-all',
    '--bounding-set=-all',
  ];
}
