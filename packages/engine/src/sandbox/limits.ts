/** What a backend may use. It is killed when it passes the memory limit; the others make its own calls fail. */
export interface SandboxLimits {
  /** Memory of all its processes together; what they share, once. */
  readonly memoryBytes: number;
  /** Processes and threads together. */
  readonly processes: number;
  /** For each process. */
  readonly openFiles: number;
  /** Everything it writes: its folder's changes, /tmp, its home. Held in memory. */
  readonly diskBytes: number;
  /** What its database may hold, with indexes and what is no longer used; it is killed when it passes this. */
  readonly databaseBytes: number;
  /** Files and folders it may create. */
  readonly files: number;
  /** How much it stands back for others on the CPU, 0 to 19. */
  readonly niceness: number;
}

const mebibyte = 1024 * 1024;

export const defaultLimits: SandboxLimits = {
  memoryBytes: 2048 * mebibyte,
  processes: 1024,
  openFiles: 8192,
  diskBytes: 512 * mebibyte,
  databaseBytes: 2048 * mebibyte,
  files: 100_000,
  niceness: 5,
};
