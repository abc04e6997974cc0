import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { execa } from 'execa';
import type { Ecosystem } from './stack-rule.ts';

/**
 * The absolute path of a program on the PATH, or null. Relative folders of the PATH are passed over: where Assay was started may be the
 * folder that somebody handed in.
 */
export function findProgram(program: string, path = process.env.PATH ?? ''): string | null {
  for (const folder of path.split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const candidate = join(folder, program);
    try {
      accessSync(candidate, constants.X_OK);
      if (statSync(candidate).isFile()) return candidate;
    } catch {
      // Not here: the next folder may have it.
    }
  }
  return null;
}

/** Where programs are asked about themselves. Many read settings, and even code, of the folder they are started in, which may be a stranger's. */
export const neutralFolder = '/';

const versions = new Map<string, Promise<string | null>>();

/** What a program prints about its version (both streams), asked once in this process for each path; null when it cannot be run. */
export function versionText(program: string, flag = '--version'): Promise<string | null> {
  const path = findProgram(program);
  if (path === null) return Promise.resolve(null);
  const key = `${path} ${flag}`;
  let known = versions.get(key);
  if (known === undefined) {
    known = askVersion(path, flag);
    versions.set(key, known);
  }
  return known;
}

async function askVersion(path: string, flag: string): Promise<string | null> {
  const result = await execa(path, [flag], {
    cwd: neutralFolder,
    reject: false,
    all: true,
    timeout: 20_000,
    stdin: 'ignore',
  });
  return result.failed ? null : result.all.trim();
}

/** The runtime by the name and version people know it by: `Node.js 24.21`, `OpenJDK 17`. */
export async function runtimeOf(ecosystem: Ecosystem): Promise<string | null> {
  switch (ecosystem) {
    case 'javascript':
      return `Node.js ${firstTwo(process.versions.node)}`;
    case 'python':
      return named('Python', /Python (\d+\.\d+)/, await versionText('python3'));
    case 'php':
      return named('PHP', /PHP (\d+\.\d+)/, await versionText('php'));
    case 'java':
      return javaRuntime(await versionText('java', '-version'));
    case 'go':
      return named('Go', /go(\d+\.\d+)/, await versionText('go', 'version'));
    default:
      return ecosystem satisfies never;
  }
}

function named(name: string, pattern: RegExp, text: string | null): string | null {
  const version = pattern.exec(text ?? '')?.[1];
  return version === undefined ? null : `${name} ${version}`;
}

/** Java 8 and older call themselves 1.8. */
function javaRuntime(text: string | null): string | null {
  const version = /version "(?:1\.)?(\d+)/.exec(text ?? '')?.[1];
  return version === undefined ? null : `${/openjdk/i.test(text ?? '') ? 'OpenJDK' : 'Java'} ${version}`;
}

function firstTwo(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

/** The folder of the Node.js that runs Assay; in front of the PATH, a JavaScript backend runs on the same one. */
export const nodeFolder = dirname(process.execPath);
