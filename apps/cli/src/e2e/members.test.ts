import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Report } from '@assay/contract';
import { afterAll, expect, it } from 'vitest';
import { contractOf, formLogin, membersServer, oddSignUp, plainLogin, plainSignUp } from './members.ts';
import { check, testHome, troubles } from './run-assay.ts';
import { smallBackend } from './small-backend.ts';

const home = testHome();
const scratch = mkdtempSync(path.join(tmpdir(), 'assay-members-'));
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  rmSync(scratch, { recursive: true, force: true });
});

const security = ['authentication-required', 'object-authorization', 'token-forgery', 'user-enumeration'].map(
  (name) => `security/${name}`,
);
const only = [
  '--only',
  ...security,
  'contract/accepts-valid',
  'contract/response-status',
  'contract/response-schema',
  'data/delete-is-final',
  'http/head-matches-get',
];

async function judged(name: string, server: string, files: Readonly<Record<string, string>>): Promise<Report> {
  const settings = { 'assay.yaml': 'start: node server.js\ndatabase: none\n', ...files };
  const { report } = await check([smallBackend(path.join(scratch, name), server, settings), ...only], home);
  return report;
}

const statusOf = (report: Report, id: string): string | undefined => report.checks.find((one) => one.id === id)?.status;

it('signs up and in at a backend that it never heard of, and judges what is behind the login', {
  timeout: 120_000,
}, async () => {
  const report = await judged('plain', membersServer(), { 'openapi.yaml': contractOf(plainSignUp, plainLogin) });
  expect(troubles(report)).toEqual([]);
  for (const id of [...security, 'data/delete-is-final', 'http/head-matches-get'])
    expect([id, statusOf(report, id)]).toEqual([id, 'passed']);
});

it('does what the settings say where the contract does not show it, and logs in by a form', {
  timeout: 120_000,
}, async () => {
  const report = await judged('odd', membersServer(), {
    'openapi.yaml': contractOf(oddSignUp, formLogin),
    'assay.yaml': `start: node server.js
database: none
identities:
  register: { operation: addMember, body: { contact: $email, phrase: $password } }
`,
  });
  expect(troubles(report)).toEqual([]);
  for (const id of security) expect([id, statusOf(report, id)]).toEqual([id, 'passed']);
});

it('finds tokens that nobody verifies and things that are anybody’s', { timeout: 120_000 }, async () => {
  const server = membersServer({ verifies: false, owned: false });
  const report = await judged('flawed', server, { 'openapi.yaml': contractOf(plainSignUp, plainLogin) });
  const failed = report.checks.filter(({ status }) => status === 'failed').map(({ id }) => id);
  expect(failed).toEqual(['security/object-authorization', 'security/token-forgery']);
});

it('is undecided, and says what to do, where nobody can be signed in', { timeout: 120_000 }, async () => {
  const report = await judged('nobody', membersServer(), { 'openapi.yaml': contractOf(oddSignUp, formLogin) });
  const result = report.checks.find(({ id }) => id === 'security/authentication-required');
  expect(result?.status).toBe('undecided');
  expect(result?.reason).toMatch(/identities\.users in assay\.yaml/);
  expect(report.checks.filter(({ status }) => status === 'failed')).toEqual([]);
});
