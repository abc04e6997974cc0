import path from 'node:path';
import { type CheckResult, Fault } from '@assay/contract';
import { unbegunRun } from '@assay/prove';
import { expect, it } from 'vitest';
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

async function told(source: string, folder: string, checks: readonly CheckResult[]): Promise<string> {
  const options = { folder, challenge: null, contract: null, seed: 1, version: '0' };
  const bare = await unbegunRun(options, new Fault('toolchain-missing', 'none'), () => undefined);
  return JSON.stringify(sarif({ ...bare, contract: { ...bare.contract, source }, checks }));
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

it('says of each finding whether it is new, where there is a baseline that has one', async () => {
  const known = { ...failed, findings: failed.findings.map((finding) => ({ ...finding, known: true })) };
  const states = async (...checks: readonly CheckResult[]) =>
    [...(await told('', '/nowhere', checks)).matchAll(/"baselineState":"(\w+)"/g)].map(([, state]) => state);
  expect(await states(known, failed)).toEqual(['unchanged', 'new']);
  expect(await states(failed)).toEqual([]);
});
