/**
 * Writes the files that are derived from others, or with --check says which are stale:
 * the registry of checks (from the folders).
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const areas = ['contract', 'http', 'data', 'queries', 'schema', 'security', 'resilience', 'performance', 'soap'];

const generated = new Map<string, string>([['packages/checks/src/generated/registry.ts', registry()]]);

const stale = [...generated].filter(([file, text]) => !existsSync(path.join(root, file)) || readFileSync(path.join(root, file), 'utf8') !== text);
if (process.argv.includes('--check')) {
  for (const [file] of stale) process.stderr.write(`stale: ${file} (run \`npm run generate\`)\n`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [file, text] of stale) writeFileSync(path.join(root, file), text);
}

/** A check is a file `packages/checks/src/<area>/<name>.ts` that exports `check`. */
function registry(): string {
  const ids = areas.flatMap((area) => {
    const folder = path.join(root, 'packages/checks/src', area);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && /^export const check\b/m.test(readFileSync(path.join(folder, file), 'utf8')))
      .map((file) => `${area}/${file.slice(0, -3)}`)
      .sort();
  });
  const name = (id: string): string => id.replaceAll(/[/-](\w)/g, (_, letter: string) => letter.toUpperCase());
  return [
    "import type { AnyCheck } from '../areas.ts';",
    ...ids.map((id) => `import { check as ${name(id)} } from '../${id}.ts';`),
    '',
    '/** Every check of the catalogue. */',
    'export const registry: readonly AnyCheck[] = [',
    ...ids.map((id) => `  ${name(id)},`),
    '];',
    '',
  ].join('\n');
}
