import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Fault } from '@assay/contract';
import type { BuiltBackend, DetectedBackend, LaunchFailure } from '../backend.ts';
import { errorCode, folderFault } from '../home/folder-fault.ts';
import { runEnvironment } from './build-environment.ts';
import type { BuildOptions } from './build-options.ts';
import { cacheKeys, type CacheKeys } from './cache-keys.ts';
import { compile } from './compile.ts';
import { findDependencies, installDependencies, installsApart, type Dependencies } from './install-dependencies.ts';
import { withLock } from './lock.ts';
import { readMarker, touchMarker } from './marker.ts';
import { pruneBuilds } from './prune.ts';

/** What the operating system says when nothing more can be written into the folder of builds. */
const unwritable = /^(ENOSPC|EDQUOT|EROFS|EACCES|EPERM)$/;

/** How often the sources may change under the build before it is refused. */
const mostRestarts = 3;

/**
 * Makes a backend ready to be started: copies its sources, installs and compiles. Nothing is written into the person's folder, and
 * nothing is run again for sources and commands that were built before, wherever they stood. The built copy must not be written to by
 * whoever starts it: others may be started from it, now and later.
 *
 * Returns a LaunchFailure when the backend does not build; throws Faults for trouble that is not the backend's.
 */
export async function build(detected: DetectedBackend, options: BuildOptions): Promise<BuiltBackend | LaunchFailure> {
  const startedAt = performance.now();
  requireFolder(options.cacheFolder);
  let current = detected;
  for (let attempt = 0; attempt < mostRestarts; attempt += 1) {
    const keys = await cacheKeys(current);
    const known = findBuilt(current, keys, options, startedAt);
    if (known !== null) return known;
    const outcome = await withLock(
      join(options.cacheFolder, 'locks'),
      'build',
      keys.build,
      options.signal,
      async () => {
        const meanwhile = findBuilt(current, keys, options, startedAt);
        return meanwhile ?? buildAnew(current, keys, options, startedAt);
      },
    ).catch((error: unknown) => {
      throw unwritable.test(errorCode(error) ?? '') ? folderFault(options.cacheFolder, error) : error;
    });
    if ('kind' in outcome || 'folder' in outcome) {
      for (const problem of await pruneBuilds(options.cacheFolder))
        options.onTrouble?.(`An old build is still there. ${problem}`);
      return outcome;
    }
    current = { ...current, sourceHash: outcome.changedTo };
  }
  throw new Fault(
    'interrupted',
    `The sources in ${detected.folder} keep changing while they are built.`,
    'Run the command again when nothing writes to the folder.',
  );
}

async function buildAnew(
  detected: DetectedBackend,
  keys: CacheKeys,
  options: BuildOptions,
  startedAt: number,
): Promise<BuiltBackend | LaunchFailure | { readonly changedTo: string }> {
  let dependencies: Dependencies | null = null;
  if (installsApart(detected)) {
    const installed = await installDependencies(detected, keys.dependencies, options);
    if ('kind' in installed) return installed;
    dependencies = installed;
  }
  const outcome = await compile(detected, keys.build, dependencies?.folder ?? null, options);
  if (outcome !== null) return outcome;
  const made = findBuilt(detected, keys, options, startedAt);
  if (made === null) throw new Fault('internal', `A build that has just ended is not to be found: ${keys.build}.`);
  const cached =
    detected.compile.length === 0 && (dependencies === null ? detected.install.length === 0 : dependencies.cached);
  return { ...made, cached };
}

/** The whole build of this key with everything it rests on, or null. */
function findBuilt(
  detected: DetectedBackend,
  keys: CacheKeys,
  options: BuildOptions,
  startedAt: number,
): BuiltBackend | null {
  const folder = join(options.cacheFolder, 'builds', keys.build);
  const marker = readMarker(`${folder}.json`);
  if (marker === null || typeof marker.start !== 'string' || !existsSync(folder)) return null;
  const apart = installsApart(detected) ? findDependencies(options.cacheFolder, keys.dependencies) : null;
  const virtual = detected.dependencyFolders.includes('.venv');
  if (virtual && apart === null) return null;
  touchMarker(`${folder}.json`);
  const environment = runEnvironment(detected, folder, virtual && apart !== null ? join(apart, '.venv') : null);
  return {
    detected: { ...detected, start: marker.start },
    folder,
    environment,
    dependencies: apart,
    durationMs: performance.now() - startedAt,
    cached: true,
  };
}

function requireFolder(cacheFolder: string): void {
  try {
    mkdirSync(join(cacheFolder, 'builds'), { recursive: true });
  } catch (error) {
    throw new Fault(
      'data-folder-unusable',
      `${cacheFolder} cannot be written to: ${error instanceof Error ? error.message : String(error)}.`,
      undefined,
      { cause: error },
    );
  }
}
