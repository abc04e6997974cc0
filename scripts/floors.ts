/**
 * Refuses imports that go up or sideways between packages, or past a package's one door (`src/index.ts`), type-only ones too.
 * Also refuses files that are too long, and names that say nothing.
 * Another folder than this repository may be given, laid out in the same way.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, '..'));

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
      if (/\.[cm]?[jt]sx?$/.test(file)) inspect(path.join(source, file), name, floor, source);
    }
  }
}

for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;

function inspect(file: string, name: string, floor: number, source: string): void {
  const text = readFileSync(file, 'utf8');
  const where = path.relative(root, file);
  for (const specifier of specifiersOf(text)) {
    const problem = wrongWith(specifier, file, name, floor, source);
    if (problem !== null) problems.push(`${where}: ${problem}`);
  }
  if (/(^|\/)(utils?|helpers?|manager|misc|common)(\.[cm]?[jt]sx?$|\/)/.test(where))
    problems.push(`${where}: a name that says nothing`);
  const lines = text.split('\n').length;
  if (lines > longest && !/(test\.ts|generated\/)/.test(where))
    problems.push(`${where}: ${lines} lines; split it (the most is ${longest})`);
}

/** What a file imports, in whatever way it says so. What stands in a comment or a text and looks like it counts, too. */
function specifiersOf(text: string): readonly string[] {
  const between = String.raw`(?:\s|/\*[^]*?\*/|//[^\n]*\n)*`;
  const words = String.raw`\b(?:from|import(?:\.meta\.resolve)?|require(?:\.resolve)?)`;
  const found = text.matchAll(new RegExp(`${words}${between}\\(?${between}(['"\`])((?:(?!\\1)[^\\n])+)\\1`, 'g'));
  return [...found].map(([, , specifier = '']) => specifier);
}

function wrongWith(specifier: string, file: string, name: string, floor: number, source: string): string | null {
  const isOwn = specifier.startsWith('.');
  if (!isOwn && !specifier.startsWith('@assay/')) return null;
  if (specifier.includes('${')) return `imports ${specifier}, which is put together: name the file or the package`;
  if (isOwn) {
    const isWithin = path.resolve(path.dirname(file), specifier).startsWith(source + path.sep);
    return isWithin || specifier.endsWith('package.json')
      ? null
      : `imports ${specifier}, which is outside its own package; go through the package's name`;
  }
  const [, target = '', rest] = /^@assay\/([^/]*)(\/.*)?$/.exec(specifier) ?? [];
  const other = floors[target];
  if (rest !== undefined) return `imports past the door of ${target} (${specifier})`;
  if (target === name) return 'imports its own package by name; use a relative path';
  return other === undefined || other >= floor
    ? `floor ${floor} may not import ${target} (floor ${other ?? '?'})`
    : null;
}
