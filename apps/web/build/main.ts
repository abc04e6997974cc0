/** Builds the page of one run and the app into `apps/web/dist` (or `$ASSAY_PAGES`); `npm ci` runs it as `prepare`. With the word `report` only the former. */
import { rmSync, statSync } from 'node:fs';
import path from 'node:path';

const web = path.resolve(import.meta.dirname, '..');
const dist = process.env['ASSAY_PAGES'] ?? path.join(web, 'dist');
// Whatever the surroundings say: what is built is what people use.
process.env['NODE_ENV'] = 'production';
const vite = await import('vite').catch((error: unknown) => {
  process.stderr.write(`assay: the web pages are not built, because Vite is not here: ${String(error)}\n`);
  return null;
});
if (vite !== null) {
  const began = performance.now();
  const config = { configFile: path.join(web, 'vite.config.ts'), logLevel: 'warn' } as const;
  // First, and apart: the command line needs it also where the app cannot be built.
  await vite.build({ ...config, mode: 'report' });
  if (!process.argv.includes('report')) {
    rmSync(path.join(dist, 'assets'), { recursive: true, force: true });
    await vite.build({ ...config, mode: 'production' });
  }
  const kilobytes = Math.round(statSync(path.join(dist, 'report.html')).size / 1000);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(
    `${path.relative(process.cwd(), dist)}: built in ${seconds} s, report.html has ${kilobytes} kB\n`,
  );
}
