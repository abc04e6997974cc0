import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';

/**
 * A start command with the name of the jar (or war) that the build made, where detection could only guess it: the guessed file is not there, or
 * the name is a pattern. Of several the largest is the one that holds its dependencies. Null when the build made no jar.
 */
export function withRunnableJar(start: string, folder: string): string | null {
  const guess = /-jar\s+(?<jar>[^\s"'$]+\.[jw]ar)\b/.exec(start)?.groups?.jar;
  if (guess === undefined || guess.startsWith('/') || existsSync(join(folder, guess))) return start;
  const jar = largestJar(join(folder, dirname(guess)), extname(guess));
  return jar === null ? null : start.replace(guess, join(dirname(guess), basename(jar)));
}

function largestJar(folder: string, ending: string): string | null {
  if (!existsSync(folder)) return null;
  const jars = readdirSync(folder).filter(
    (name) => name.endsWith(ending) && !/-(sources|javadoc|tests|plain)\.[jw]ar$|^original-/.test(name),
  );
  const bySize = jars
    .map((name) => ({ name, size: statSync(join(folder, name)).size }))
    .sort((a, b) => b.size - a.size);
  return bySize[0]?.name ?? null;
}
