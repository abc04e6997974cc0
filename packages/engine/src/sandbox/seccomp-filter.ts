import { readFileSync } from 'node:fs';

/** Of each kind of program that this machine runs: how the kernel names it, and its numbers of `clone` and `unshare`. See seccomp(2). */
const kinds: Readonly<
  Partial<Record<NodeJS.Architecture, readonly (readonly [kind: number, clone: number, unshare: number])[]>>
> = {
  x64: [
    [0xc000003e, 56, 272],
    [0x40000003, 120, 310],
  ],
  arm64: [
    [0xc00000b7, 220, 97],
    [0x40000028, 120, 337],
  ],
};
/** The same everywhere. Its flags stand in memory, where no filter can look. */
const clone3 = 435;

const newUser = 0x1000_0000;
const load = { number: 0, kind: 4, firstArgument: 16 };
const op = { load: 0x20, and: 0x54, ifEqual: 0x15, ifSet: 0x45, return: 0x06 };
const allow = 0x7fff_0000;
const refuse = (errno: number): number => 0x0005_0000 | errno;
const [EPERM, ENOSYS] = [1, 38];

/**
 * A filter of system calls that lets nobody make a user namespace: in one of its own a backend would have the rights to mount, and so memory that counts for
 * nobody. For an Assay that runs as root; for others bubblewrap does the same by `--disable-userns`. `clone3` is not there, as in Docker, and
 * whoever calls it falls back on `clone`. In the form that bubblewrap's `--seccomp` takes; null where the kernel or its kind is not known to do this.
 */
export function seccompFilter(): Buffer | null {
  const known = kinds[process.arch];
  return known === undefined || !kernelFilters() ? null : compile(known);
}

function kernelFilters(): boolean {
  try {
    return /\berrno\b/.test(readFileSync('/proc/sys/kernel/seccomp/actions_avail', 'latin1'));
  } catch {
    return false;
  }
}

type Instruction = readonly [code: number, whenTrue: number, whenFalse: number, value: number];

function compile(known: readonly (readonly [number, number, number])[]): Buffer {
  const length = 7;
  const end = 1 + length * known.length;
  const program: Instruction[] = [[op.load, 0, 0, load.kind]];
  for (const [kind, clone, unshare] of known) {
    const to = (target: number): number => target - program.length - 1;
    program.push([op.ifEqual, 0, length - 1, kind]);
    program.push([op.load, 0, 0, load.number]);
    // The bit that marks a call of the x32 kind.
    program.push([op.and, 0, 0, 0xbfff_ffff]);
    program.push([op.ifEqual, to(end + 1), 0, clone]);
    program.push([op.ifEqual, to(end + 1), 0, unshare]);
    program.push([op.ifEqual, to(end), 0, clone3]);
    program.push([op.return, 0, 0, allow]);
  }
  program.push([op.return, 0, 0, refuse(ENOSYS)]);
  program.push([op.load, 0, 0, load.firstArgument]);
  program.push([op.ifSet, 1, 0, newUser]);
  program.push([op.return, 0, 0, allow]);
  program.push([op.return, 0, 0, refuse(EPERM)]);
  const bytes = Buffer.alloc(program.length * 8);
  for (const [index, [code, whenTrue, whenFalse, value]] of program.entries()) {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(whenTrue, index * 8 + 2);
    bytes.writeUInt8(whenFalse, index * 8 + 3);
    bytes.writeUInt32LE(value, index * 8 + 4);
  }
  return bytes;
}
