import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CheckResult, Fault, type Report } from '@assay/contract';
import { unbegunRun } from '@assay/prove';
import { expect, it } from 'vitest';
import { explainedChecks } from '../handbook.ts';
import { junit } from './junit.ts';
import { sarif } from './sarif.ts';

const failed: CheckResult = {
  id: 'http/charset',
  area: 'http',
  claim: 'claim',
  skill: 'apis',
  severity: 'low',
  status: 'failed',
  reason: '',
  durationMs: 1,
  findings: [
    {
      id: 'f-1',
      key: 'k',
      fingerprint: 'http/charset:k',
      title: 'title',
      detail: 'detail',
      fix: 'fix',
      severity: 'low',
      evidence: [],
      replay: 'assay replay f-1',
    },
  ],
};

async function reportOf(folder: string, checks: readonly CheckResult[], change: Partial<Report> = {}): Promise<Report> {
  const options = { folder, challenge: null, contract: null, seed: 1, version: '0' };
  const { cutOff: _begun, ...bare } = await unbegunRun(
    options,
    new Fault('toolchain-missing', 'none'),
    () => undefined,
  );
  return { ...bare, checks, ...change };
}

async function told(source: string, folder: string, checks: readonly CheckResult[]): Promise<string> {
  const report = await reportOf(folder, checks);
  return JSON.stringify(sarif({ ...report, contract: { ...report.contract, source } }));
}

async function placeOf(source: string, folder: string): Promise<string | undefined> {
  return /"uri":"([^"]*)"/.exec(await told(source, folder, [failed]))?.[1];
}

it('places a finding at the contract, as a code host finds it, or at the folder of the backend', async () => {
  const folder = path.resolve('my api');
  expect(await placeOf(path.join(folder, 'open#api.yaml'), folder)).toBe('my%20api/open%23api.yaml');
  expect(await placeOf('/elsewhere/open api.yaml', folder)).toBe('file:///elsewhere/open%20api.yaml');
  expect(await placeOf('http://backend/openapi.json', folder)).toBe('my%20api');
  expect(await placeOf('', process.cwd())).toBe('.');
});

it('gives each backend of a repository a category of its own, wherever the command is given', async () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'assay-sarif-'));
  const category = async (folder: string, challenge: string | null = null) =>
    /"automationDetails":{"id":"([^"]*)"}/.exec(JSON.stringify(sarif(await reportOf(folder, [], { challenge }))))?.[1];
  try {
    const repository = path.join(scratch, 'shop');
    for (const name of ['.git', 'services/a b', 'services/c'])
      mkdirSync(path.join(repository, name), { recursive: true });
    expect(await category(path.join(repository, 'services/a b'))).toBe('assay/own/services/a%20b/');
    expect(await category(path.join(repository, 'services/c'), 'todo')).toBe('assay/todo/services/c/');
    expect(await category(repository)).toBe('assay/own/');
    mkdirSync(path.join(scratch, 'alone'));
    expect(await category(path.join(scratch, 'alone'))).toBe('assay/own/alone/');
  } finally {
    rmSync(scratch, { recursive: true });
  }
});

it('says of each finding whether it is new, where there is a baseline that has one', async () => {
  const known = { ...failed, findings: failed.findings.map((finding) => ({ ...finding, known: true })) };
  const states = async (...checks: readonly CheckResult[]) =>
    [...(await told('', '/nowhere', checks)).matchAll(/"baselineState":"(\w+)"/g)].map(([, state]) => state);
  expect(await states(known, failed)).toEqual(['unchanged', 'new']);
  expect(await states(failed)).toEqual([]);
});

it('tells findings of one check apart in the way that GitHub does', async () => {
  const [one] = failed.findings;
  if (one === undefined) throw new Error('there is none');
  const findings = [one, { ...one, fingerprint: 'http/charset:other' }];
  const text = await told('', '/nowhere', [{ ...failed, findings }]);
  const hashes = [...text.matchAll(/"primaryLocationLineHash":"([^"]+)"/g)].map(([, hash]) => hash);
  expect(hashes).toHaveLength(2);
  expect(new Set(hashes).size).toBe(2);
  for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{16}:1$/);
});

it('carries the page of each check with it, and leads nowhere that is not in the file or on the web', async () => {
  const ids = [...explainedChecks(), 'scenario/pays-once'];
  const { runs } = JSON.parse(
    await told(
      '',
      '/nowhere',
      ids.map((id) => ({ ...failed, id })),
    ),
  ) as {
    readonly runs: readonly { readonly tool: { readonly driver: { readonly rules: readonly Rule[] } } }[];
  };
  const rules = runs[0]?.tool.driver.rules ?? [];
  expect(rules.map(({ id }) => id)).toEqual(ids);
  for (const { id, fullDescription, help } of rules) {
    expect(fullDescription.text).not.toBe('');
    expect(help.text).toContain(`\`assay explain ${id}\``);
    if (id.startsWith('scenario/')) {
      expect(Object.keys(help)).toEqual(['text']);
      continue;
    }
    expect(help.text).toMatch(/^Why it matters\n\n\S[\s\S]*\n\nHow to fix it\n\n\S/);
    expect(help.markdown).toMatch(new RegExp(`^# ${id}\n\n\\*\\*`));
    expect(help.markdown).toContain('\n## Sources\n');
    expect(help.markdown).not.toMatch(/<!--|\]\((?!https?:)/);
  }
});

interface Rule {
  readonly id: string;
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown?: string };
}

it('says what was not decided, whatever else was found', async () => {
  const open: CheckResult = {
    ...failed,
    id: 'http/etag',
    status: 'undecided',
    reason: 'the time was up',
    findings: [],
  };
  const invocation = async (checks: readonly CheckResult[], change: Partial<Report> = {}) =>
    sarif(await reportOf('/nowhere', checks, { verdict: 'failed', reason: '1 check failed.', ...change }));
  const saying = (executionSuccessful: boolean, notifications: readonly object[]) => ({
    runs: [{ invocations: [{ executionSuccessful, toolExecutionNotifications: notifications }] }],
  });
  expect(await invocation([failed])).toMatchObject({ runs: [{ invocations: [{ executionSuccessful: true }] }] });
  expect(await invocation([failed, open])).toMatchObject(
    saying(false, [
      {
        level: 'error',
        message: { text: 'http/etag: the time was up' },
        associatedRule: { id: 'http/etag', index: 1 },
      },
    ]),
  );
  const cutOff = 'The run was interrupted during the checks.';
  expect(await invocation([failed], { cutOff })).toMatchObject(saying(false, [{ message: { text: cutOff } }]));
  const cut = junit(await reportOf('/nowhere', [failed], { verdict: 'failed', cutOff }));
  expect(cut).toContain('failures="1" errors="1"');
  expect(cut).toContain(`<testcase classname="run" name="run/verdict" time="0.000"><error message="${cutOff}"/>`);
  expect(junit(await reportOf('/nowhere', [failed], { verdict: 'failed' }))).not.toContain('run/verdict');
});
