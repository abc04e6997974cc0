/**
 * Refuses imports that go up or sideways between packages, or past a package's one door (`src/index.ts`), type-only ones too.
 * Also refuses files over 300 lines that have no reason in `allowedLong`, and names that say nothing.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/** Each package's floor; imports go strictly down. */
const floors: Readonly<Record<string, number>> = {
  contract: 0,
  history: 0,
  recall: 0,
  engine: 1,
  load: 1,
  practice: 1,
  review: 1,
  credentials: 1,
  checks: 2,
  prove: 3,
  cli: 4,
  server: 4,
  web: 4,
};

const longest = 300;
const problems: string[] = [];

for (const group of ['packages', 'apps']) {
  for (const name of readdirSync(path.join(root, group))) {
    const floor = floors[name];
    if (floor === undefined) {
      problems.push(`${group}/${name} has no floor; name it in scripts/floors.ts`);
      continue;
    }
    const source = path.join(root, group, name, 'src');
    for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
      if (/\.tsx?$/.test(file)) inspect(path.join(source, file), name, floor, source);
    }
  }
}

for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;

function inspect(file: string, name: string, floor: number, source: string): void {
  const text = readFileSync(file, 'utf8');
  const where = path.relative(root, file);
  for (const [, specifier = ''] of text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)) {
    if (specifier.startsWith('.')) {
      if (
        !path.resolve(path.dirname(file), specifier).startsWith(source + path.sep) &&
        !specifier.endsWith('package.json')
      ) {
        problems.push(
          `${where}: imports ${specifier}, which is outside its own package; go through the package's name`,
        );
      }
      continue;
    }
    const [, target, rest] = /^@assay\/([^/]+)(\/.*)?$/.exec(specifier) ?? [];
    if (target === undefined) continue;
    const other = floors[target];
    if (rest !== undefined) problems.push(`${where}: imports past the door of ${target} (${specifier})`);
    if (other === undefined || (other >= floor && target !== name))
      problems.push(`${where}: floor ${floor} may not import ${target} (floor ${other ?? '?'})`);
    if (target === name) problems.push(`${where}: imports its own package by name; use a relative path`);
  }
  if (/(^|\/)(utils?|helpers?|manager|misc|common)(\.ts|\/)/.test(where))
    problems.push(`${where}: a name that says nothing`);
  const lines = text.split('\n').length;
  if (lines > longest && !/(test\.ts|generated\/)/.test(where))
    problems.push(`${where}: ${lines} lines; split it (the most is ${longest})`);
}
