import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Finding, Report, RunEvent } from '@assay/contract';
import { type ExchangeDetail, foldReport, type PageData } from '@assay/prove';
import { afterAll, describe, expect, it } from 'vitest';
import { removeHome } from './leftovers.ts';
import { assay, bin, testHome } from './run-assay.ts';
import { server, smallBackend } from './small-backend.ts';
import { parseXml, type XmlElement } from './parse-xml.ts';

/** What each reporter writes for the same backend, one that fails, and that would like to drive the terminal. */

const home = testHome();
const scratch = mkdtempSync(path.join(tmpdir(), 'assay-reporters-'));
const escapes = String.raw`\x1b]0;owned\x07\x1b[2J\x9b31m\u202e`;
const bad = server(
  `console.log('log ${escapes}'); response.writeHead(200, { 'content-type': 'application/json', 'x-note': 'a' }).end('[{"id":"${escapes}"}] ${escapes}<&"]]>')`,
);
const folder = smallBackend(path.join(scratch, 'bad'), bad);
const words = ['check', folder, '--seed', '1', '--only', 'contract'];
afterAll(() => {
  removeHome(home);
  rmSync(scratch, { recursive: true, force: true });
});

/** Everything that could drive a terminal, but for line feeds. */
// oxlint-disable-next-line no-control-regex
const driving = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function findingsOf(report: Report): readonly Finding[] {
  return report.checks.flatMap((check) => check.findings);
}

describe('each reporter', () => {
  it('pretty: no colours where there is no terminal, and nothing that drives one', async () => {
    const { status, stdout, stderr } = await assay(words, {
      home,
      env: { FORCE_COLOR: undefined, NO_COLOR: undefined },
    });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^FAILED {2}\d+ checks? failed with \d+ findings?\.$/m);
    expect(stdout).toContain('Again: assay replay f-1');
    expect(stdout).toMatch(/^ {2}More: assay explain contract\/[\w-]+$/m);
    expect(stdout).not.toMatch(driving);
    expect(stderr).toMatch(/^Judging$/m);
    expect(stderr).not.toMatch(driving);
  });

  it('pretty: colours when they are asked for', async () => {
    const { stdout } = await assay(['list'], { home, env: { FORCE_COLOR: '1', NO_COLOR: undefined } });
    expect(stdout).toContain('\u001b[1m');
  });

  it('json: one report on standard output and nothing else', async () => {
    const { status, stdout, stderr } = await assay([...words, '--format', 'json'], { home });
    const report = JSON.parse(stdout) as Report;
    expect(report.verdict).toBe('failed');
    expect(findingsOf(report).length).toBeGreaterThan(0);
    expect(stdout).not.toMatch(driving);
    expect(stderr).toMatch(/^Judging$/m);
    expect(status).toBe(1);
  });

  it('ndjson: a line for each event, which fold to the report', async () => {
    const { status, stdout } = await assay([...words, '--format', 'ndjson'], { home });
    expect(stdout).not.toMatch(driving);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as RunEvent | { type: 'report'; report: Report });
    const last = lines.pop();
    const events = lines as readonly RunEvent[];
    expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index + 1));
    expect(events[0]?.type).toBe('run-started');
    expect(events.at(-1)?.type).toBe('run-ended');
    expect(last).toEqual({ type: 'report', report: JSON.parse(JSON.stringify(foldReport(events))) });
    expect(status).toBe(1);
  });

  it('junit: as CI servers read it', async () => {
    const { status, stdout } = await assay([...words, '--format', 'junit'], { home });
    expect(stdout).not.toMatch(driving);
    const suites = parseXml(stdout);
    expect(suites.name).toBe('testsuites');
    expectCounts(
      suites,
      suites.children.flatMap((suite) => suite.children),
    );
    for (const suite of suites.children) {
      expect(suite.name).toBe('testsuite');
      expect(suite.attributes['timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
      expectCounts(suite, suite.children);
      for (const one of suite.children) expectTestCase(one);
    }
    expect(stdout).toContain('␛]0;owned␇');
    expect(status).toBe(1);
  });

  it('sarif: the essentials of 2.1.0', async () => {
    const { status, stdout } = await assay([...words, '--format', 'sarif'], { home });
    expect(stdout).not.toMatch(driving);
    const log = JSON.parse(stdout) as Sarif;
    expect(stdout).toMatch(/"markdown": "# contract\/[\w-]+\\n/);
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    const rules = run?.tool.driver.rules ?? [];
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    expect(run?.results.length).toBeGreaterThan(0);
    for (const result of run?.results ?? []) {
      expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(['error', 'warning', 'note']).toContain(result.level);
      expect(result.message.text).not.toBe('');
      const place = result.locations[0]?.physicalLocation;
      expect(() => new URL(place?.artifactLocation.uri ?? '', 'file:///')).not.toThrow();
      expect(place?.region.startLine).toBeGreaterThan(0);
      expect(result.partialFingerprints['assay/v1']).toMatch(/^contract\/[\w-]+:/);
    }
    expect(status).toBe(1);
  });
});

/** The one script that the page's policy lets run, and the hash by which it does. */
function pagePolicy(html: string): { readonly script: string; readonly hash: string } {
  const hash = /script-src 'sha256-([^']+)'/.exec(html)?.[1] ?? '';
  const script = /<script type="module">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  return { script, hash };
}

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number };
        };
      }[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
    }[];
  }[];
}

function expectCounts(parent: XmlElement, cases: readonly XmlElement[]): void {
  const having = (name: string): string =>
    String(cases.filter((one) => one.children.some((child) => child.name === name)).length);
  expect(parent.attributes).toMatchObject({
    name: expect.stringMatching(/./),
    tests: String(cases.length),
    failures: having('failure'),
    errors: having('error'),
    skipped: having('skipped'),
  });
}

/** At most one outcome, and no element or attribute that the usual schema does not know. */
function expectTestCase(one: XmlElement): void {
  expect(one.name).toBe('testcase');
  expect(Object.keys(one.attributes).sort()).toEqual(['classname', 'name', 'time']);
  expect(Number(one.attributes['time'])).toBeGreaterThanOrEqual(0);
  expect(one.children.length).toBeLessThanOrEqual(1);
  for (const outcome of one.children) {
    expect(['failure', 'error', 'skipped']).toContain(outcome.name);
    expect(outcome.attributes['message']).not.toBe('');
    expect(outcome.children).toEqual([]);
  }
}

describe('what stays of a run', () => {
  it('--report writes a page that needs nothing else, with the run in it', async () => {
    const page = path.join(scratch, 'run.html');
    const told = await assay([...words, '--format', 'json', '--report', page], { home });
    const html = readFileSync(page, 'utf8');
    expect(html).toMatch(/^<!doctype html>/);
    const { script, hash } = pagePolicy(html);
    // A parser of Markdown in the script knows what a picture is, and makes none.
    expect(html.replace(script, () => '')).not.toMatch(/<(?:link|img|iframe|script src)/);
    expect(createHash('sha256').update(script).digest('base64')).toBe(hash);
    // Whatever the backend said stands in data that no element and no terminal takes for anything else.
    const data = [...html.matchAll(/<script type="application\/(?:json|gzip)"[^>]*>([^<]*)<\/script>/g)].map(
      ([, text = '']) => text,
    );
    expect(data.join('')).not.toMatch(driving);
    const { report, handbook, exchanges, parts } = JSON.parse(data[0] ?? '') as PageData;
    expect(report).toEqual(JSON.parse(told.stdout));
    expect(exchanges).toHaveLength(report.traffic.exchanges);
    expect(data).toHaveLength(1 + parts + 1);
    const unpacked = data.slice(1).map((part): unknown => JSON.parse(String(gunzipSync(Buffer.from(part, 'base64')))));
    const pages = unpacked.pop() as Readonly<Record<string, string>>;
    expect(handbook).toEqual(report.checks.map(({ id }) => id));
    expect(Object.keys(pages)).toEqual(handbook);
    for (const id of handbook) expect(pages[id]).toContain(`# ${id}\n`);
    const details = unpacked.flat() as readonly ExchangeDetail[];
    expect(details.map(({ exchange }) => exchange.id)).toEqual(exchanges.map(({ id }) => id));
  });

  it.skipIf(process.platform !== 'linux')('--report writes through a file that the shell opened, as >(…) is', () => {
    const page = path.join(scratch, 'through.html');
    const through = openSync(page, 'w');
    const env = { ...process.env, ASSAY_HOME: home, DATABASE_URL: '' };
    const { status, stderr } = spawnSync(bin, [...words, '--report', '/dev/fd/3'], {
      env,
      stdio: ['ignore', 'ignore', 'pipe', through],
      encoding: 'utf8',
    });
    closeSync(through);
    expect(stderr).not.toContain('could not be written');
    expect(status).toBe(1);
    expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>/);
  });

  it('--report says before the run when the page is not built', async () => {
    const page = path.join(scratch, 'unbuilt.html');
    for (const command of [[...words, '--report', page], ['show']]) {
      const { status, stdout, stderr } = await assay(command, { home, env: { ASSAY_PAGES: scratch } });
      expect(stderr).toBe(
        `assay: The page of a report is not built: there is no ${path.join(scratch, 'report.html')}.\n  Run \`npm run prepare\` in the folder of Assay.\n`,
      );
      expect(stdout).toBe('');
      expect(status).toBe(3);
    }
  });

  it('--baseline: what is known already does not fail', async () => {
    const before = await assay([...words, '--format', 'json'], { home });
    const baseline = path.join(scratch, 'baseline.json');
    writeFileSync(baseline, before.stdout);
    const { status, stdout } = await assay([...words, '--format', 'json', '--baseline', baseline], { home });
    const report = JSON.parse(stdout) as Report;
    expect(findingsOf(report).map(({ known }) => known)).toEqual(findingsOf(report).map(() => true));
    expect(report.verdict).not.toBe('failed');
    expect(status).not.toBe(1);
  });

  it('show --text tells it again', async () => {
    const told = await assay(words, { home });
    const shown = await assay(['show', '--text'], { home });
    expect(shown.stdout).toBe(told.stdout);
    expect(shown.status).toBe(0);
  });

  it('replay says STILL THERE, then GONE when it was mended, and UNDECIDED when that cannot be told', async () => {
    const still = await assay(['replay', 'f-1'], { home });
    expect(still.stdout).toContain('STILL THERE  contract/');
    expect(still.stdout).not.toMatch(driving);
    expect(still.status).toBe(1);
    const recorded = await assay(['replay', 'f-1', '--recorded'], { home });
    expect(recorded.stdout).toContain('STILL THERE  contract/');
    expect(recorded.status).toBe(1);
    smallBackend(folder, server());
    const gone = await assay(['replay', 'f-1'], { home });
    expect(gone.stdout).toMatch(/^GONE {2}/);
    expect(gone.status).toBe(0);
    smallBackend(folder, 'process.exit(1);');
    const open = await assay(['replay', 'f-1'], { home });
    expect(open.stdout).toMatch(/^UNDECIDED {2}/);
    expect(open.status).toBe(3);
  });

  it('a finding that does not exist', async () => {
    const { status, stderr } = await assay(['replay', 'f-99'], { home });
    expect(stderr).toMatch(
      /^assay: Run \S+ has no finding f-99; it has f-1.*\.\n {2}See `assay show` for the findings of the last run\.\n$/,
    );
    expect(status).toBe(2);
  });
});
