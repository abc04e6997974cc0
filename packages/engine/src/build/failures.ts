import { statfsSync } from 'node:fs';
import { Fault } from '@assay/contract';
import type { LaunchFailure, ShellCommand } from '../backend.ts';
import { shellQuote } from '../detect/shell-quote.ts';
import { lackingTool } from './lacking-tools.ts';
import type { CommandResult } from './run-command.ts';
import { unreachableRegistry } from './unreachable-registry.ts';

/** What package managers print when a registry wants to know who asks. */
const unauthorised =
  /npm (ERR!|error) code E40[13]|ERR_PNPM_FETCH_40[13]|HTTP error 40[13] while getting|40[13] Client Error: .* for url|Could not transfer artifact.*status code:? 40[13]\b|Received status code 40[13] from server|Could not authenticate against|Request failed "40[13] /;

/** What Maven and Gradle's wrapper print when the home that the build was given cannot be written to. */
const closedHome =
  /LocalRepositoryNotAccessibleException|Could not create local repository at |Could not create parent directory for lock file /;

const leastFreeBytes = 64 * 1024 * 1024;

/**
 * What a command that did not end well means: a LaunchFailure when it is the backend's, a thrown Fault when it is not (Assay was
 * interrupted, the disk is full, no registry can be reached, the home of the build cannot be written to).
 *
 * @param commands the commands of this step up to and with the one that failed
 */
export function failureOf(
  folder: string,
  commands: readonly ShellCommand[],
  result: CommandResult,
  timeoutMs: number,
  cacheFolder: string,
): LaunchFailure {
  if (result.outcome === 'aborted') throw new Fault('interrupted', 'The build was interrupted.');
  const free = statfsSync(cacheFolder);
  if (free.bavail * free.bsize < leastFreeBytes) {
    throw new Fault(
      'data-folder-unusable',
      `The disk that holds ${cacheFolder} is full; the build could not end.`,
      'Free some space, or set ASSAY_HOME to a folder on another disk.',
    );
  }
  const failed = commands.at(-1) ?? '';
  const network = unreachableRegistry(result.log, failed);
  if (network !== null) {
    throw new Fault(
      'registry-unreachable',
      `\`${failed}\` could not reach the registry it loads from: ${network.trim()}`,
    );
  }
  const refused = result.log.find((line) => unauthorised.test(line));
  if (refused !== undefined) {
    throw new Fault(
      'registry-unreachable',
      `\`${failed}\` was refused by the registry it loads from: ${refused.trim()}`,
      "A build has a home folder of its own: put the registry's settings (.npmrc, pip.conf, auth.json) beside the sources, or use --sandbox off for code that you trust.",
    );
  }
  const closed = result.log.find((line) => closedHome.test(line));
  if (closed !== undefined) {
    throw new Fault(
      'data-folder-unusable',
      `\`${failed}\` could not keep what it loads: ${closed.trim()}`,
      'Run the command again with --sandbox off, for code that you trust, or as a user whose home folder can be written to.',
    );
  }
  const lack = lackingTool(result.log);
  if (lack !== null) {
    throw new Fault(
      'toolchain-missing',
      `\`${failed}\` needs what this machine has not, or not in that version: ${lack.trim()}`,
      'Install it (`assay doctor` shows what is here), then run the command again.',
    );
  }
  const repeat = [`cd ${shellQuote(folder)}`, ...commands].join(' && ');
  const { outcome } = result;
  const seconds = Math.round(timeoutMs / 1000);
  return {
    kind: 'build-failed',
    message:
      outcome === 'timed-out'
        ? `The build took longer than ${seconds} s: \`${failed}\` was still running.`
        : outcome === 'exceeded'
          ? `The build took too much of the machine: \`${failed}\` was stopped when ${result.ending}.`
          : `The build failed: \`${failed}\` ended with ${result.ending}.`,
    detail:
      outcome === 'timed-out' || outcome === 'exceeded'
        ? `The build was stopped${outcome === 'timed-out' ? ` after ${seconds} s` : ''}. What it printed until then is below.`
        : result.log.length === 0
          ? 'It printed nothing.'
          : 'What it printed last, as the tool wrote it, stands below.',
    fix: `Run it by hand and mend what it reports: ${repeat}`,
    command: repeat,
    log: result.log,
  };
}
