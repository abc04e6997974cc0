import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  bodyText,
  type Check,
  type Contract,
  type Evidence,
  type Exchange,
  type FindingDraft,
  type HeaderFields,
  type Json,
  type Judgement,
  readContractFile,
  type Severity,
  type SoapFault,
} from '@assay/contract';
import { expect } from 'vitest';

const source = path.resolve(import.meta.dirname, '../..');

/** The contract of the challenge whose backends were recorded. */
export const todo: Contract = readContractFile(path.resolve(source, '../../../challenges/todo/openapi.yaml'));

/**
 * Evidence that a run kept of a check, with what its judge does not look at taken away: `<area>/fixtures/<name>.<which>.json`. `pass`
 * is of a reference, `fail` of a mutant.
 */
export function recorded<E>(check: Check<E>, which: 'pass' | 'fail'): E {
  const [area = '', name = ''] = check.id.split('/');
  return JSON.parse(readFileSync(path.join(source, area, 'fixtures', `${name}.${which}.json`), 'utf8')) as E;
}

/** A judgement as a person would tell it: findings by what tells them apart. */
export interface Told {
  readonly status: Judgement['status'];
  readonly reason: string;
  readonly findings: readonly { readonly severity: Severity; readonly key: string; readonly title: string }[];
}

/** Judges evidence, and holds what every judge owes: the same answer each time, hands off its evidence, findings that can be seen. */
export function judged<E>(check: Check<E>, evidence: E, contract: Contract = todo): Told {
  const frozen = deeplyFrozen(structuredClone(evidence));
  const judgement = check.judge(frozen, contract);
  expect(check.judge(frozen, contract)).toEqual(judgement);
  expect(frozen).toEqual(evidence);
  expect(JSON.parse(JSON.stringify(judgement))).toEqual(judgement);
  expect(judgement.reason).not.toBe('');
  expect(judgement.status === 'failed').toBe(judgement.findings.length > 0);
  for (const finding of judgement.findings) holdsFinding(finding);
  return {
    status: judgement.status,
    reason: judgement.reason,
    findings: judgement.findings.map(({ severity = check.severity, key, title }) => ({ severity, key, title })),
  };
}

function holdsFinding({ key, title, detail, fix, evidence }: FindingDraft): void {
  for (const text of [key, title, detail, fix]) expect(text.trim()).not.toBe('');
  expect(title, 'a title is a clause, without a full stop').not.toMatch(/[^.…]\.$/);
  expect(`${title} ${detail} ${fix}`).not.toMatch(/\bundefined\b|\[object /);
  expect(evidence.filter(isVisible).length, `a finding without evidence: ${title}`).toBeGreaterThan(0);
  expect(evidence.every(isVisible), `a piece of evidence that shows nothing: ${title}`).toBe(true);
}

/** Whether there is something for a person to look at. */
function isVisible(evidence: Evidence): boolean {
  switch (evidence.kind) {
    case 'exchange':
      return evidence.exchange.response !== undefined || evidence.exchange.error !== undefined;
    case 'statements':
      return evidence.statements.length > 0;
    case 'log':
      return evidence.lines.length > 0;
    case 'raw':
      return evidence.sent !== '';
    case 'value':
      return evidence.label !== '' && evidence.expected !== evidence.actual;
    case 'interleaving':
      return evidence.steps.length > 0;
    case 'history':
      return evidence.operations.some(({ place }) => place === null);
    case 'plan':
      return evidence.before !== '' && evidence.after !== '' && evidence.before !== evidence.after;
    case 'note':
      return evidence.text !== '';
    default:
      return evidence satisfies never;
  }
}

/** Freezes a value and all that hangs on it, so that whoever changes it throws. */
export function deeplyFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) deeplyFrozen(part);
    Object.freeze(value);
  }
  return value;
}

/** The exchange as if the backend had answered otherwise. Header fields given replace those of their name; null takes one away. */
export function answering(
  exchange: Exchange,
  status: number,
  change: { readonly body?: Json; readonly headers?: Readonly<Record<string, string | null>> } = {},
): Exchange {
  const changed = change.headers ?? {};
  const kept: HeaderFields = (exchange.response?.headers ?? []).filter(([name]) => !(name.toLowerCase() in changed));
  const added = Object.entries(changed).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  const { error: _none, ...asked } = exchange;
  return {
    ...asked,
    response: {
      status,
      reason: '',
      headers: [...kept, ...added],
      body: { text: change.body === undefined ? bodyText(exchange.response?.body) : JSON.stringify(change.body) },
    },
  };
}

/** The exchange as if it had gone over SOAP and been answered with a fault. */
export function faulting(exchange: Exchange, fault: Partial<SoapFault>): Exchange {
  const answered = answering(exchange, 500, { headers: { 'content-type': 'text/xml' } });
  const whole: SoapFault = {
    version: '1.1',
    blames: 'client',
    code: 'soap:Client',
    reason: '',
    declared: false,
    details: [],
    detail: null,
    ...fault,
  };
  return {
    ...answered,
    operation: exchange.operation ?? 'operation',
    request: { ...exchange.request, headers: [['content-type', 'text/xml; charset=utf-8']] },
    ...(answered.response === undefined ? {} : { response: { ...answered.response, fault: whole } }),
  };
}

/** The exchange as if no answer had come. */
export function failing(exchange: Exchange, kind: NonNullable<Exchange['error']>['kind']): Exchange {
  const { response: _none, ...asked } = exchange;
  return { ...asked, error: { kind, message: kind } };
}

/** An exchange from its request line, such as `GET /todos/1`, for what no recording holds. */
export function exchangeOf(
  line: string,
  status: number,
  change: Parameters<typeof answering>[2] & { readonly sent?: Json } = {},
): Exchange {
  const [method = '', target = ''] = line.split(' ');
  const { sent, ...response } = change;
  const asked: Exchange = {
    id: 'e-1',
    check: 'test',
    instance: 'i-1',
    request: {
      method,
      target,
      headers: sent === undefined ? [] : [['content-type', 'application/json']],
      ...(sent === undefined ? {} : { body: { text: JSON.stringify(sent) } }),
    },
    startedAt: 0,
    durationMs: 1,
  };
  return answering(asked, status, { headers: { 'content-type': 'application/json' }, ...response });
}

/** The evidence of a check that judges the exploration, when nothing in it could be judged. */
export const nothingExplored = { suspects: [], looked: 0, operations: 0, closed: [], skipped: [] } as const;

/** The first of a list that a recording is known to hold. */
export function firstOf<T>(items: readonly T[]): T {
  const [first] = items;
  if (first === undefined) throw new Error('the recording holds none');
  return first;
}
