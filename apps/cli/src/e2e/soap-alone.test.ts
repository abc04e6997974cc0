import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { applyPatchFile } from '@assay/prove';
import { afterAll, expect, it } from 'vitest';
import { check, root, testHome, troubles } from './run-assay.ts';
import { describeStack } from './toolchain.ts';

/**
 * Whoever has a service and its WSDL has no challenge: no model, no scenarios, no reference. What is known about such a backend is read from
 * the WSDL alone, and the checks of databases, security and durability have to find their way through envelopes.
 */
const home = testHome();
const scratch = mkdtempSync(path.join(tmpdir(), 'assay-soap-'));
const challenge = path.join(root, 'challenges/orders-soap');
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  rmSync(scratch, { recursive: true, force: true });
});

/** A reference outside of the challenge, with its WSDL and nothing that leads back; with a defect if there is one to plant. */
function alone(stack: string, mutant?: string): string {
  const folder = path.join(scratch, `${stack}-${mutant ?? 'as it is'}`);
  mkdirSync(folder);
  cpSync(path.join(challenge, 'backends', stack), folder, { recursive: true });
  for (const file of ['service.wsdl', 'orders.xsd']) copyFileSync(path.join(challenge, file), path.join(folder, file));
  const settings = path.join(folder, 'assay.yaml');
  writeFileSync(settings, readFileSync(settings, 'utf8').replace(/^challenge:.*\n/m, ''));
  if (mutant !== undefined) applyPatchFile(path.join(challenge, 'mutants', stack, `${mutant}.patch`), folder);
  return folder;
}

function judge(folder: string, ...only: readonly string[]) {
  return check([folder, '--contract', path.join(folder, 'service.wsdl'), '--seed', '5', '--only', ...only], home);
}

/** What has to find its way through envelopes, and durability and growth among it. */
const applied = [
  'soap/envelope-valid',
  'security/sql-injection',
  'queries/no-n-plus-one',
  'data/atomic-under-fault',
  'data/delete-is-final',
  'data/linearizable',
  'data/no-lost-update',
  'data/round-trip',
  'data/update-is-visible',
  'resilience/acknowledged-writes-survive-kill',
  'performance/cost-growth',
] as const;

describeStack('express')('a service with its WSDL alone', () => {
  it('passes what would be asked over REST, too', { timeout: 600_000 }, async () => {
    const { status, report } = await judge(alone('express'), ...applied);
    expect(report.challenge).toBeNull();
    expect(troubles(report)).toEqual([]);
    expect([status, report.verdict]).toEqual([0, 'passed']);
    // None of them turned away: each had something to ask.
    const passed = report.checks.filter((each) => each.status === 'passed').map(({ id }) => id);
    expect(passed).toEqual(expect.arrayContaining([...applied]));
    const durable = report.checks.find(({ id }) => id === 'resilience/acknowledged-writes-survive-kill');
    expect(durable?.reason).toMatch(/^[1-9]\d* acknowledged writes read after [1-9]\d* kills/);
  });
});

const mutants = [
  [
    'express',
    'customer-in-the-statement',
    'security/sql-injection',
    /customer of placeOrder becomes a part of the SQL/,
  ],
  ['django', 'lines-for-each-order', 'queries/no-n-plus-one', /^listOrders ran one statement .*"order_lines"/],
  ['php', 'compared-in-php', 'data/no-lost-update', /^Two placeOrder at the same time both succeeded/],
] as const;

for (const [stack, mutant, id, title] of mutants) {
  describeStack(stack)(`${stack}/${mutant} with its WSDL alone`, () => {
    it(`is caught by ${id}`, { timeout: 600_000 }, async () => {
      const { status, report } = await judge(alone(stack, mutant), id);
      expect(report.challenge).toBeNull();
      const found = report.checks.flatMap((each) => each.findings.map((finding) => [each.id, finding.title]));
      expect(found).toEqual([[id, expect.stringMatching(title)]]);
      expect([status, report.verdict]).toEqual([1, 'failed']);
    });
  });
}
