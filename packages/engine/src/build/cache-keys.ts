import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DetectedBackend } from '../backend.ts';
import { findProgram, versionText } from '../detect/toolchain.ts';

/** Goes up when what a built copy holds changes, so that copies made by an older Assay are not taken for new ones. */
const layout = 2;

/** Names of what can be shared: equal keys mean interchangeable folders. */
export interface CacheKeys {
  readonly dependencies: string;
  readonly build: string;
}

export async function cacheKeys(detected: DetectedBackend): Promise<CacheKeys> {
  const { install, compile, environment, lockFiles, dependencyFolders, files, start } = detected;
  const machine = [layout, process.platform, process.arch, ...(await runtimeIdentity(detected))];
  const locks = lockFiles.map((file) => [file, hash(contentOf(join(detected.folder, file)))]);
  const sources = detected.installReadsSources === true ? detected.sourceHash : null;
  const dependencies = hash(JSON.stringify([machine, install, dependencyFolders, environment, locks, sources]));
  return {
    dependencies,
    build: hash(JSON.stringify([dependencies, detected.sourceHash, compile, start, files ?? {}])),
  };
}

/** Whole versions, not just the two numbers that people are shown, and the place: a virtual environment links to it. */
async function runtimeIdentity({ stack }: DetectedBackend): Promise<readonly (string | null)[]> {
  switch (stack.language) {
    case 'JavaScript':
    case 'TypeScript':
      return [process.version, process.execPath];
    case 'Python':
      return [findProgram('python3'), await versionText('python3')];
    default:
      return [stack.runtime];
  }
}

function contentOf(path: string): Buffer | string {
  try {
    return readFileSync(path);
  } catch {
    return '';
  }
}

function hash(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}
