/**
 * Writes the files that are derived from others, or with --check says which are stale: the registry of checks (from the folders), the
 * heads and the index of their pages (from the registry), the table of faults, the schema of the report, and the types of the server's API for
 * the web app (from the server's routes).
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const areas = ['contract', 'http', 'data', 'queries', 'schema', 'security', 'resilience', 'performance', 'soap'];

settle('packages/checks/src/generated/registry.ts', registry());
// Only now: they read the registry, which a new check has just changed.
const { checkHead, checkIndex, described, faultTable, withGenerated } = await import('./generated-docs.ts');
const { reportSchema } = await import('./report-schema.ts');
settle('schemas/report.schema.json', formatted('schemas/report.schema.json', JSON.stringify(reportSchema, null, 2)));
const { questionSchema } = await import('../packages/practice/src/index.ts');
settle(
  'schemas/question.schema.json',
  formatted('schemas/question.schema.json', JSON.stringify(questionSchema(), null, 2)),
);
for (const check of described) settlePart(`docs/checks/${check.id}.md`, 'head', checkHead(check));
settlePart('docs/checks/README.md', 'index', checkIndex());
settlePart('docs/faults.md', 'faults', faultTable());
const { openApiDocument } = await import('../apps/server/src/openapi.ts');
const { apiTypes } = await import('./api-types.ts');
// The formatter passes over generated files, so that they are given to it under another name.
settle(
  'apps/web/src/client/generated/api.ts',
  formatted('apps/web/src/client/api.ts', apiTypes(await openApiDocument())),
);

/** The text as the formatter would leave it, so that the two do not quarrel. */
function formatted(file: string, text: string): string {
  return execFileSync(path.join(root, 'node_modules/.bin/biome'), ['format', `--stdin-file-path=${file}`], {
    cwd: root,
    encoding: 'utf8',
    input: text,
  });
}

/** Writes the file when it is not as it should be; with --check, says so instead. */
function settle(file: string, text: string): void {
  const absolute = path.join(root, file);
  if (existsSync(absolute) && readFileSync(absolute, 'utf8') === text) return;
  if (process.argv.includes('--check')) {
    process.stderr.write(`stale: ${file} (run \`npm run generate\`)\n`);
    process.exitCode = 1;
    return;
  }
  writeFileSync(absolute, text);
}

/** The same for a part of a file that people write. */
function settlePart(file: string, name: string, content: string): void {
  const absolute = path.join(root, file);
  if (existsSync(absolute)) return settle(file, withGenerated(readFileSync(absolute, 'utf8'), name, content));
  process.stderr.write(
    `missing: ${file} (write it, with a part marked \`<!-- generated: ${name} -->\` … \`<!-- end of generated -->\`)\n`,
  );
  process.exitCode = 1;
}

/** A check is a file `packages/checks/src/<area>/<name>.ts` that exports `check`. */
function registry(): string {
  const ids = areas.flatMap((area) => {
    const folder = path.join(root, 'packages/checks/src', area);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter(
        (file) =>
          file.endsWith('.ts') &&
          !file.endsWith('.test.ts') &&
          /^export const check\b/m.test(readFileSync(path.join(folder, file), 'utf8')),
      )
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
