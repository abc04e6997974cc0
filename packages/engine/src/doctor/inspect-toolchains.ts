import { Fault } from '@assay/contract';
import { findPostgresPackage } from '../database/binaries.ts';
import { probeBubblewrap } from '../sandbox/bubblewrap-probe.ts';
import { inspectNode } from './inspect-node.ts';
import { inspectProgram, type ToolchainReport } from './inspect-program.ts';
import { toolchains } from './toolchains.ts';

/** What of the programs that judging backends may need is on this machine. Asks all of them at the same time. */
export async function inspectToolchains(path = process.env.PATH ?? ''): Promise<readonly ToolchainReport[]> {
  const [node, ...others] = await Promise.all([
    inspectNode(path),
    ...Object.entries(toolchains).map(([id, row]) => inspectProgram(id, row, path)),
    inspectBubblewrap(),
    inspectPostgres(),
  ]);
  return [...node, ...others];
}

async function inspectBubblewrap(): Promise<ToolchainReport> {
  const probe = await probeBubblewrap();
  return {
    id: 'bubblewrap',
    neededFor: 'the sandbox; without it, only your own code is run',
    present: probe.works,
    version: probe.version,
    path: probe.path,
    problem: probe.works || probe.path === null ? null : probe.reason,
    howToGet: { debian: 'apt-get install bubblewrap', macos: 'there is none for macOS' },
  };
}

/** It comes with Assay; only an installation that is not whole lacks it. */
async function inspectPostgres(): Promise<ToolchainReport> {
  const common = {
    id: 'postgres',
    neededFor: 'the databases of backends',
    howToGet: { debian: 'npm ci', macos: 'npm ci' },
  };
  try {
    const found = findPostgresPackage();
    return { ...common, present: true, version: found.version, path: found.native, problem: null };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ...common, present: false, version: null, path: null, problem: error.message };
  }
}
