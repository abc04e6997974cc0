/**
 * Makes the pictures of the documentation from a real run: a reference with an SQL injection planted, judged by the command line, its output and
 * its page photographed by the machine's Chromium.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { terminalPage } from './terminal-page.ts';

const root = path.resolve(import.meta.dirname, '..');
const pictures = path.join(root, 'docs/pictures');
const largestBytes = 300_000;
/** A whole run would fill more than a screen. */
const areas = ['security', 'queries'];
const scratch = mkdtempSync(path.join(tmpdir(), 'assay-pictures-'));

try {
  mkdirSync(pictures, { recursive: true });
  const folder = flawedBackend();
  const report = path.join(scratch, 'report.html');
  const finding = terminalOutput(folder, report);
  writeFileSync(report, homely(readFileSync(report, 'utf8')));
  const terminal = path.join(scratch, 'terminal.html');
  const { html, rows } = terminalPage(`assay check ./todo --only ${areas.join(' ')}`, finding);
  writeFileSync(terminal, html);
  photograph(terminal, 'finding.png', { width: 1000, height: 66 + rows * 20 });
  photograph(report, 'report-desktop.png', { width: 1280, height: 1200 });
  photograph(report, 'report-phone.png', { width: 390, height: 1500 });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** The Express reference of `todo` with the search put into the statement's text. */
function flawedBackend(): string {
  const folder = path.join(scratch, 'todo');
  cpSync(path.join(root, 'challenges/todo/backends/express'), folder, {
    recursive: true,
    filter: (file) => !file.includes('node_modules'),
  });
  const file = path.join(folder, 'src/todos.js');
  const source = readFileSync(file, 'utf8');
  const honest = "conditions.push(`title ILIKE ${bind(`%${q.replace(/[\\\\%_]/g, '\\\\$&')}%`)}`);";
  if (source.split(honest).length !== 2)
    throw new Error(`${file} does not have the line any more in which the flaw is planted: ${honest}`);
  writeFileSync(
    file,
    source.replace(honest, () => "conditions.push(`title ILIKE '%${q}%'`);"),
  );
  return folder;
}

/** What the command line prints of a run, with its colours. */
function terminalOutput(folder: string, report: string): string {
  const run = spawnSync(
    path.join(root, 'apps/cli/bin/assay'),
    ['check', folder, '--only', ...areas, '--seed', '7', '--report', report],
    {
      encoding: 'utf8',
      env: { ...process.env, FORCE_COLOR: '1', DATABASE_URL: '' },
    },
  );
  if (run.status !== 1) throw new Error(`the run ended with ${run.status}, and should have failed:\n${run.stderr}`);
  if (!run.stdout.includes('security/sql-injection')) throw new Error(`the run did not find the flaw:\n${run.stdout}`);
  return homely(run.stdout).trim();
}

/** The text with the folder in /tmp as somebody's home. */
function homely(text: string): string {
  return text.replaceAll(`${scratch}${path.sep}`, '~/');
}

function photograph(page: string, name: string, size: { readonly width: number; readonly height: number }): void {
  const file = path.join(pictures, name);
  const browser = spawnSync(
    'chromium',
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--hide-scrollbars',
      // The page draws itself; without this it is photographed before it has.
      '--virtual-time-budget=5000',
      `--user-data-dir=${path.join(scratch, 'profile')}`,
      // Windows are never narrower than 500; a frame is.
      `--window-size=${Math.max(500, size.width)},${size.height}`,
      `--screenshot=${file}`,
      `file://${size.width < 500 ? framed(page, size) : page}`,
    ],
    { encoding: 'utf8', timeout: 60_000 },
  );
  if (browser.status !== 0)
    throw new Error(`chromium did not photograph ${page}: ${browser.error?.message ?? browser.stderr}`);
  const { size: bytes } = statSync(file);
  if (bytes > largestBytes) throw new Error(`${name} has ${bytes} bytes, and may have ${largestBytes}`);
  process.stdout.write(`docs/pictures/${name} (${Math.round(bytes / 1000)} kB)\n`);
}

/** A page in a frame as wide as a phone, on a plain ground. */
function framed(page: string, { width, height }: { readonly width: number; readonly height: number }): string {
  const file = path.join(scratch, 'frame.html');
  writeFileSync(
    file,
    `<!doctype html><body style="margin:0;background:#e8ebf0;display:flex;justify-content:center"><iframe src="file://${page}" style="border:0;width:${width}px;height:${height}px;background:#fff"></iframe>`,
  );
  return file;
}
