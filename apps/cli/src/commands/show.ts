import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Fault } from '@assay/contract';
import { getReport, listRuns, openHome } from '@assay/prove';
import { Command } from 'commander';
import { htmlPage } from '../page/html-page.ts';
import { prettyReport } from '../reporters/pretty.ts';
import { openInDesktop } from '../terminal/open-in-desktop.ts';

export function showCommand(): Command {
  return new Command('show')
    .description('Show a run again: as a page, or as text')
    .argument('[run]', 'its id (see `assay list --runs`); default: the last one')
    .option('--text', 'in the terminal instead of a page')
    .option('--no-open', 'write the page and print its path, without opening it')
    .action((id: string | undefined, options: { readonly text?: boolean; readonly open: boolean }) => {
      const home = openHome(process.env);
      const run = id ?? lastRun(home.runs);
      if (options.text === true) {
        process.stdout.write(prettyReport(getReport(home.runs, run), process.stdout));
        return;
      }
      const html = htmlPage(home.runs, run);
      const page = path.join(home.runs, run, 'report.html');
      writeFileSync(page, html);
      process.stdout.write(`${page}\n`);
      if (options.open && process.stdout.isTTY) openInDesktop(page);
    });
}

export function lastRun(runs: string): string {
  const [last] = listRuns(runs);
  if (last === undefined) throw new Fault('unknown-run', 'There is no run yet.', 'Run `assay check` first.');
  return last;
}
