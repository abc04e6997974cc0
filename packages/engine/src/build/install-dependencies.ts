import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '@assay/contract';
import type { DetectedBackend, LaunchFailure } from '../backend.ts';
import { findProgram, nodeFolder, versionText } from '../detect/toolchain.ts';
import { removeTree } from '../home/remove-tree.ts';
import { buildEnvironment } from './build-environment.ts';
import { defaultTimeoutMs, type BuildOptions } from './build-options.ts';
import { copySources } from './copy-sources.ts';
import { failureOf } from './failures.ts';
import { withLock } from './lock.ts';
import { readMarker, touchMarker, writeMarker } from './marker.ts';
import { runCommand } from './run-command.ts';

/** Installed dependencies; `folder` holds `node_modules`, `.venv` or `vendor`. */
export interface Dependencies {
  readonly folder: string;
  readonly cached: boolean;
}

/** Dependencies can be kept apart from the sources only when it is known where `install` puts them. */
export function installsApart(detected: DetectedBackend): boolean {
  return detected.install.length > 0 && detected.dependencyFolders.length > 0;
}

/** The folder with the dependencies of this key, when they are whole. */
export function findDependencies(cacheFolder: string, key: string): string | null {
  const name = readMarker(markerPath(cacheFolder, key))?.folder;
  const folder = typeof name === 'string' ? join(cacheFolder, 'dependencies', key, name) : null;
  if (folder === null || !existsSync(folder)) return null;
  touchMarker(markerPath(cacheFolder, key));
  return folder;
}

/**
 * Installs what the lock files name, once for each key. Every attempt has a folder of its own, made where it stays (the scripts of a
 * virtual environment hold its path); the marker names the one that succeeded.
 */
export async function installDependencies(
  detected: DetectedBackend,
  key: string,
  options: BuildOptions,
): Promise<Dependencies | LaunchFailure> {
  const there = findDependencies(options.cacheFolder, key);
  if (there !== null) return { folder: there, cached: true };
  return withLock(join(options.cacheFolder, 'locks'), 'dependencies', key, options.signal, async () => {
    const meanwhile = findDependencies(options.cacheFolder, key);
    if (meanwhile !== null) return { folder: meanwhile, cached: true };
    await requireVirtualEnvironments(detected);
    const parent = join(options.cacheFolder, 'dependencies', key);
    // Whoever holds the lock is alone here: what stands in the folder was left by an attempt that did not end.
    await removeTree(parent);
    const name = randomBytes(4).toString('hex');
    const folder = join(parent, name);
    const failure = await install(detected, folder, options);
    if (failure !== null) return failure;
    writeMarker(markerPath(options.cacheFolder, key), { folder: name });
    return { folder, cached: false };
  });
}

async function install(
  detected: DetectedBackend,
  folder: string,
  options: BuildOptions,
): Promise<LaunchFailure | null> {
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  let whole = false;
  try {
    mkdirSync(folder, { recursive: true });
    copySources(detected.folder, folder);
    for (const [index, command] of detected.install.entries()) {
      const result = await runCommand(command, {
        ...options,
        cwd: folder,
        environment: buildEnvironment(detected, folder, options.wrapCommand !== undefined),
        timeoutMs,
        readable: [nodeFolder],
      });
      if (result.outcome !== 'ok')
        return failureOf(detected.folder, detected.install.slice(0, index + 1), result, timeoutMs, options.cacheFolder);
    }
    const kept = new Set(detected.dependencyFolders.map((path) => path.split('/')[0]));
    for (const name of readdirSync(folder)) if (!kept.has(name)) await removeTree(join(folder, name));
    whole = true;
    return null;
  } finally {
    if (!whole) await removeTree(folder).catch(() => undefined);
  }
}

/** Debian and Ubuntu ship Python without what `python3 -m venv` needs; that is the machine's lack, not the backend's failure. */
async function requireVirtualEnvironments(detected: DetectedBackend): Promise<void> {
  if (!detected.install.some((command) => /^python3 (-I )?-m venv/.test(command))) return;
  if (findProgram('python3') === null || (await versionText('python3', '-Icimport venv, ensurepip')) === null) {
    throw new Fault(
      'toolchain-missing',
      'This backend is Python; its packages are installed with `python3 -m venv` and pip, which this Python lacks (python3-venv).',
    );
  }
}

function markerPath(cacheFolder: string, key: string): string {
  return join(cacheFolder, 'dependencies', `${key}.json`);
}
