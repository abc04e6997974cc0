import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Fault } from '@assay/contract';
import { exchangesNamedBy, getReport, readPlots, readRecording, runPage } from '@assay/prove';
import { handbookPage } from '../handbook.ts';

/** The report of a run as one self-contained page. Throws the faults `unknown-run` and `page-not-built`. */
export function htmlPage(runsFolder: string, run: string): string {
  const report = getReport(runsFolder, run);
  refuseUnbuiltPage();
  const plots = readPlots(runsFolder, run);
  return runPage(readFileSync(builtPage(), 'utf8'), {
    report,
    recording: readRecording(runsFolder, run, exchangesNamedBy(report, plots)),
    plots,
    handbook: handbookPage,
  });
}

/** Says so before a run rather than after it. */
export function refuseUnbuiltPage(): void {
  const file = builtPage();
  if (!existsSync(file)) throw new Fault('page-not-built', `The page of a report is not built: there is no ${file}.`);
}

/** `ASSAY_PAGES` is where the built pages are when they are not beside the command line. */
function builtPage(): string {
  return path.join(process.env['ASSAY_PAGES'] ?? path.resolve(import.meta.dirname, '../../../web/dist'), 'report.html');
}
