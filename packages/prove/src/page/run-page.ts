import { gzipSync } from 'node:zlib';
import { Fault, type Recording, type Report } from '@assay/contract';
import type { Plots } from '../plots/plots.ts';
import { detailsOf, type ExchangeDetail, type ExchangeSummary, summaryOf } from './exchange-summary.ts';

/** Where the built page takes its run. */
const place = '<!-- assay: the run -->';
/** Exchanges in one packed part; a part is unpacked when one of its exchanges is looked at, or all when bodies are searched. */
const perPart = 250;

/** What stands in the page as it is; the exchanges themselves follow in packed parts. */
export interface PageData {
  readonly report: Report;
  readonly plots: Plots;
  /** The checks of the report whose page of the handbook is in the file; the pages follow in a packed part of their own. */
  readonly handbook: readonly string[];
  readonly exchanges: readonly ExchangeSummary[];
  readonly perPart: number;
  readonly parts: number;
}

export interface RunPageParts {
  readonly report: Report;
  readonly recording: Recording;
  readonly plots: Plots;
  /** The page of a check as Markdown; null when it has none. */
  readonly handbook: (check: string) => string | null;
}

/** The page of one run as one file that needs nothing else: the built `apps/web/dist/report.html` with the run in it. */
export function runPage(template: string, { report, recording, plots, handbook }: RunPageParts): string {
  const details = detailsOf(recording);
  const parts: string[] = [];
  for (let from = 0; from < details.length; from += perPart) parts.push(packed(details.slice(from, from + perPart)));
  const pages = report.checks.flatMap(({ id }) => {
    const text = handbook(id);
    return text === null ? [] : [[id, text] as const];
  });
  const data: PageData = {
    report,
    plots,
    handbook: pages.map(([id]) => id),
    exchanges: details.map(summaryOf),
    perPart,
    parts: parts.length,
  };
  const pieces = template.split(place);
  if (pieces.length !== 2) throw new Fault('page-not-built', 'The built page has no place for a run.');
  return [
    pieces[0],
    `<script type="application/json" id="assay-run">${jsonInHtml(data)}</script>`,
    ...parts.map((part, index) => packedElement(`part-${index}`, part)),
    packedElement('handbook', packed(Object.fromEntries(pages))),
    pieces[1],
  ].join('');
}

function packed(value: readonly ExchangeDetail[] | Readonly<Record<string, string>>): string {
  return gzipSync(JSON.stringify(value), { level: 6 }).toString('base64');
}

function packedElement(name: string, content: string): string {
  return `\n<script type="application/gzip" id="assay-${name}">${content}</script>`;
}

/** Nothing in it can end its element or be taken for markup, and nothing drives a terminal in which the file is read. */
function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    // oxlint-disable-next-line no-control-regex
    /[<\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
