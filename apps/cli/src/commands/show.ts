import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Fault } from '@assay/contract';
import { getReport, listRuns, openHome, readRecording } from '@assay/prove';
import { Command } from 'commander';
import { htmlPage } from '../page/page.ts';
import { prettyReport } from '../reporters/pretty.ts';

export function showCommand(): Command {
  return new Command('show')
    .description('Show a run again: as a page, or as text')
    .argument('[run]', 'its id (see `assay list --runs`); default: the last one')
    .option('--text', 'in the terminal instead of a page')
    .option('--no-open', 'write the page and print its path, without opening it')
    .action((id: string | undefined, options: { readonly text?: boolean; readonly open: boolean }) => {
      const home = openHome(process.env);
      const run = id ?? lastRun(home.runs);
      const report = getReport(home.runs, run);
      if (options.text === true) {
        process.stdout.write(prettyReport(report, process.stdout));
        return;
      }
      const page = path.join(home.runs, run, 'report.html');
      writeFileSync(page, htmlPage(report, readRecording(home.runs, run)));
      process.stdout.write(`${page}\n`);
      if (options.open && process.stdout.isTTY) open(page);
    });
}

export function lastRun(runs: string): string {
  const [last] = listRuns(runs);
  if (last === undefined) throw new Fault('unknown-run', 'There is no run yet.', 'Run `assay check` first.');
  return last;
}

/** Opens a file with the desktop's own program; where there is none, the printed path has to do. */
function open(file: string): void {
  const program = process.platform === 'darwin' ? 'open' : 'xdg-open';
  spawn(program, [file], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
