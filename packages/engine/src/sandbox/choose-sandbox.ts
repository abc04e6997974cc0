import { Fault, type SandboxReport } from '@assay/contract';
import { type BubblewrapProbe, probeBubblewrap } from './bubblewrap-probe.ts';

/** `require`: somebody else's code, which never runs without one. `off`: the person's own wish. */
export type SandboxMode = 'auto' | 'require' | 'off';

export interface Sandbox {
  readonly report: SandboxReport;
  /** Path of bubblewrap; null when the backend runs as a plain process. */
  readonly bubblewrap: string | null;
}

const held =
  'The backend reads the system and its own files only, writes to a private folder in memory, sees no other process, and reaches no network but its own database.';
const notHeld = 'The backend runs as a plain process with your rights: it can read your files and use the network.';

/** Throws `sandbox-required` when there must be one and cannot. */
export async function chooseSandbox(options: {
  readonly mode: SandboxMode;
  readonly probe?: () => Promise<BubblewrapProbe>;
}): Promise<Sandbox> {
  if (options.mode === 'off') return plain(`${notHeld} The sandbox was turned off.`);
  const probe = await (options.probe ?? probeBubblewrap)();
  if (probe.works) return { report: { kind: 'bubblewrap', note: held }, bubblewrap: probe.path };
  if (options.mode === 'require')
    throw new Fault('sandbox-required', `There is no sandbox for the backend: ${probe.reason}.`);
  return plain(`${notHeld} There is no sandbox: ${probe.reason}.`);
}

function plain(note: string): Sandbox {
  return { report: { kind: 'none', note }, bubblewrap: null };
}
