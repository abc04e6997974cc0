import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DetectedBackend, LaunchFailure } from '../backend.ts';
import { shellQuote } from '../detect/shell-quote.ts';
import { nodeFolder } from '../detect/toolchain.ts';
import { buildEnvironment, runEnvironment } from './build-environment.ts';
import { defaultTimeoutMs, type BuildOptions } from './build-options.ts';
import { removeTree } from '../home/remove-tree.ts';
import { withBuiltFile } from './built-file.ts';
import { copySources } from './copy-sources.ts';
import { copyTree } from './copy-tree.ts';
import { failureOf } from './failures.ts';
import { installsApart } from './install-dependencies.ts';
import { readMarker, writeMarker } from './marker.ts';
import { placeDependencies } from './place-dependencies.ts';
import { makeRealFolder } from './real-folder.ts';
import { runCommand } from './run-command.ts';
import { withRunnableJar } from './runnable-jar.ts';

/**
 * Fills the build folder of a key: sources, dependencies, compiled output. The caller holds the key's lock. Null when it is whole; otherwise
 * why not, and the folder is gone.
 */
export async function compile(
  detected: DetectedBackend,
  key: string,
  dependencies: string | null,
  options: BuildOptions,
): Promise<LaunchFailure | { readonly changedTo: string } | null> {
  const folder = join(options.cacheFolder, 'builds', key);
  const commands = installsApart(detected) ? detected.compile : [...detected.install, ...detected.compile];
  const lastBuild = lastBuildPath(options.cacheFolder, detected.folder);
  let whole = false;
  try {
    // Without a marker, what stands here was left by a build that did not end.
    await removeTree(folder);
    mkdirSync(folder, { recursive: true });
    if (commands.length > 0) {
      try {
        startFromLastBuild(detected, lastBuild, folder, options.cacheFolder);
      } catch {
        // Somebody's commands may have left what cannot be read: then everything is compiled.
        await removeTree(folder);
        mkdirSync(folder, { recursive: true });
      }
    }
    const copied = copySources(detected.folder, folder);
    if (copied.hash !== detected.sourceHash) return { changedTo: copied.hash };
    for (const what of copied.leftOut)
      options.onOutput({
        source: 'build',
        stream: 'stderr',
        line: `assay: ${what} and was left out.`,
      });
    if (dependencies !== null) placeDependencies(detected, dependencies, folder, options.shareDependencies ?? true);
    makeRealFolder(folder, '.assay');
    for (const [path, content] of Object.entries(detected.files ?? {})) {
      makeRealFolder(folder, dirname(path));
      rmSync(join(folder, path), { force: true, recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const failure = await runAll(detected, commands, folder, dependencies, options);
    if (failure !== null) return failure;
    const start = withRunnableJar(withBuiltFile(detected.start, folder), folder);
    if (start === null) return noJar(detected, commands);
    writeMarker(`${folder}.json`, { start, sources: copied.paths });
    writeMarker(lastBuild, { build: key });
    whole = true;
    return null;
  } finally {
    // What cannot be removed is tried again after the next build, and told.
    if (!whole) await removeTree(folder).catch(() => undefined);
  }
}

async function runAll(
  detected: DetectedBackend,
  commands: readonly string[],
  folder: string,
  dependencies: string | null,
  options: BuildOptions,
): Promise<LaunchFailure | null> {
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const virtual =
    dependencies !== null && detected.dependencyFolders.includes('.venv') ? join(dependencies, '.venv') : null;
  const environment = {
    ...buildEnvironment(detected, folder, options.wrapCommand !== undefined),
    ...runEnvironment(detected, folder, virtual),
  };
  const readable = [nodeFolder, ...(dependencies === null ? [] : [dependencies])];
  for (const [index, command] of commands.entries()) {
    const result = await runCommand(command, { ...options, cwd: folder, environment, timeoutMs, readable });
    if (result.outcome === 'ok') continue;
    const before = installsApart(detected) ? detected.install : [];
    return failureOf(
      detected.folder,
      [...before, ...commands.slice(0, index + 1)],
      result,
      timeoutMs,
      options.cacheFolder,
    );
  }
  return null;
}

/**
 * Brings over what the last build of the same folder compiled, so that tools which compile only what changed can do so. Not when a source
 * has gone since: most of them keep the output of a source that is no more.
 */
function startFromLastBuild(detected: DetectedBackend, lastBuild: string, folder: string, cacheFolder: string): void {
  const key = readMarker(lastBuild)?.build;
  if (typeof key !== 'string') return;
  const previous = join(cacheFolder, 'builds', key);
  const sources = readMarker(`${previous}.json`)?.sources;
  if (!Array.isArray(sources) || !existsSync(previous)) return;
  if (sources.some((path) => typeof path === 'string' && !existsSync(join(detected.folder, path)))) return;
  const dependencies = new Set(installsApart(detected) ? detected.dependencyFolders : []);
  copyTree(previous, folder, 'copy', (path) => dependencies.has(path));
}

function lastBuildPath(cacheFolder: string, folder: string): string {
  return join(cacheFolder, 'paths', `${createHash('sha256').update(folder).digest('hex').slice(0, 32)}.json`);
}

function noJar(detected: DetectedBackend, commands: readonly string[]): LaunchFailure {
  const command = [`cd ${shellQuote(detected.folder)}`, ...commands].join(' && ');
  return {
    kind: 'build-failed',
    message: `The build ended well but made no jar to start: \`${detected.start}\` finds none.`,
    detail:
      'A runnable jar is packed by the Spring Boot, Shade or Assembly plugin of Maven, or by bootJar or shadowJar of Gradle.',
    fix: 'Let the build pack a runnable jar, or say in assay.yaml how to `start:` the backend.',
    command,
    log: [],
  };
}
