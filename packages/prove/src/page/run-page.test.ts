import { gunzipSync } from 'node:zlib';
import type { Exchange, Recording, Report } from '@assay/contract';
import { expect, it } from 'vitest';
import { latencySeries } from '../plots/latency.ts';
import { detailsOf, summaryOf } from './exchange-summary.ts';
import { runPage } from './run-page.ts';

const nasty = '</script><!-- \u001b[2J \u202e \u2028 $& $1';

function exchange(number: number): Exchange {
  return {
    id: `e-${number}`,
    check: 'a/b',
    instance: 'i-1',
    request: { method: 'GET', target: `/${nasty}${'x'.repeat(500)}`, headers: [] },
    startedAt: number,
    durationMs: 1.23456,
  };
}

const recording: Recording = {
  exchanges: Array.from({ length: 251 }, (_, index) => exchange(index + 1)),
  statements: ['e-1', 'ambiguous', null].map((cause, id) => ({
    id,
    connection: 1,
    transaction: null,
    protocol: 'simple' as const,
    text: nasty,
    parameters: [],
    rows: 1,
    command: 'SELECT',
    startedAt: 1,
    durationMs: 1,
    instance: 'i-1',
    exchange: cause,
  })),
  usage: [],
};
const plots = {
  latency: latencySeries([{ operation: nasty, ms: 1 }]),
  timeline: [],
  statementsPerRequest: [],
  usage: [],
  growth: [],
  memory: [],
};
const checks = [
  { id: 'a/b', findings: [{ id: 'f-1' }] },
  { id: 'c/d', findings: [] },
  { id: 'e/f', findings: [{ id: 'f-2' }] },
];
const report = { run: 'r', checks, reason: nasty } as unknown as Report;

it('puts a run into the page so that nothing in it ends its element, and all of it comes back', () => {
  const page = runPage('<body><!-- assay: the run --></body>', {
    report,
    recording,
    plots,
    handbook: (check) => (check === 'e/f' ? null : `# ${check} ${nasty}`),
  });
  const blocks = [...page.matchAll(/<script type="([^"]+)" id="([^"]+)">([^<]*)<\/script>/g)];
  expect(page.replaceAll(/<script [^>]*>[^<]*<\/script>\n?/g, '')).toBe('<body></body>');
  expect(blocks.map(([, type, id]) => [type, id])).toEqual([
    ['application/json', 'assay-run'],
    ['application/gzip', 'assay-part-0'],
    ['application/gzip', 'assay-part-1'],
    ['application/gzip', 'assay-handbook'],
  ]);
  const [data = '', ...parts] = blocks.map(([, , , text = '']) => text);
  // oxlint-disable-next-line no-control-regex
  expect(data).not.toMatch(/[<\u0000-\u001f\u202e\u2028]/);
  expect(JSON.parse(data)).toEqual({
    report: { run: 'r', checks, reason: nasty },
    plots,
    handbook: ['a/b', 'c/d'],
    exchanges: detailsOf(recording).map(summaryOf),
    perPart: 250,
    parts: 2,
  });
  const unpacked = parts.map((part): unknown => JSON.parse(String(gunzipSync(Buffer.from(part, 'base64')))));
  expect(unpacked.pop()).toEqual({ 'a/b': `# a/b ${nasty}`, 'c/d': `# c/d ${nasty}` });
  expect(unpacked.flat()).toEqual(detailsOf(recording));
});

it('counts only the statements that an exchange certainly ran, and shortens a long target', () => {
  const [first, second] = detailsOf(recording).map(summaryOf);
  expect([first?.statements, second?.statements]).toEqual([1, 0]);
  expect(first?.target).toHaveLength(300);
  expect(first).toMatchObject({ status: null, durationMs: 1.23, operation: null });
});

it('refuses a page that has no place for a run', () => {
  expect(() => runPage('<body></body>', { report, recording, plots, handbook: () => null })).toThrow(
    'no place for a run',
  );
});
