import type { Report, RunEvent } from '@assay/contract';
import { expect, it } from 'vitest';
import { detailsOf, summaryOf } from './page/exchange-summary.ts';
import type { Plots } from './plots/plots.ts';
import { exchangesNamedBy, RecordingFold } from './recording-fold.ts';

const limits = { exchanges: 3, each: 4, together: 6, eachThen: 1, eachOfNamed: 5 };
let sequence = 0;

function exchange(id: string): RunEvent {
  sequence += 1;
  const request = { method: 'GET', target: '/', headers: [] };
  return {
    type: 'exchange',
    sequence,
    at: 0,
    exchange: { id, check: 'a/b', instance: 'i-1', request, startedAt: 0, durationMs: 1 },
  };
}

function statement(cause: string | null): RunEvent {
  sequence += 1;
  return {
    type: 'statement',
    sequence,
    at: 0,
    instance: 'i-1',
    exchange: cause,
    statement: {
      id: sequence,
      connection: 1,
      transaction: null,
      protocol: 'simple',
      text: 'SELECT 1',
      parameters: [],
      rows: 1,
      command: 'SELECT',
      startedAt: 1,
      durationMs: 1,
    },
  };
}

/** What is told of each exchange: how many statements it ran, and how many of them are kept. */
function kept(causes: readonly (readonly [id: string, statements: number])[], named: readonly string[] = []) {
  const fold = new RecordingFold(new Set(named), limits);
  for (const [id, ran] of causes) {
    fold.add(exchange(id));
    for (let each = 0; each < ran; each += 1) fold.add(statement(id));
  }
  return detailsOf(fold.recording()).map((detail) => [
    detail.exchange.id,
    summaryOf(detail).statements,
    detail.statements.length,
  ]);
}

it('takes from no exchange for the sake of a busy one, and says how many each ran', () => {
  expect(
    kept([
      ['e-1', 900],
      ['e-2', 2],
      ['e-3', 3],
    ]),
  ).toEqual([
    ['e-1', 900, 4],
    ['e-2', 2, 2],
    ['e-3', 3, 1],
  ]);
});

it('keeps the first exchanges, and those that are named wherever they stand', () => {
  const many = [1, 2, 3, 4, 5].map((number) => [`e-${number}`, 9] as const);
  expect(kept(many).map(([id]) => id)).toEqual(['e-1', 'e-2', 'e-3']);
  expect(kept(many, ['e-5'])).toEqual([
    ['e-1', 9, 4],
    ['e-2', 9, 2],
    ['e-3', 9, 1],
    ['e-5', 9, 5],
  ]);
});

it('leaves out statements of nobody in particular', () => {
  const fold = new RecordingFold(new Set(), limits);
  for (const event of [exchange('e-1'), statement(null), statement('ambiguous'), statement('e-9')]) fold.add(event);
  expect(fold.recording()).toMatchObject({ statements: [], leftOut: {} });
});

it('names what findings rest on and plots point to', () => {
  const evidence = [
    { kind: 'exchange', exchange: { id: 'e-7' } },
    { kind: 'note', text: '' },
  ];
  const report = { checks: [{ findings: [{ evidence }] }, { findings: [] }] } as unknown as Report;
  const plots = { statementsPerRequest: [{ worst: 'e-9' }] } as unknown as Plots;
  expect([...exchangesNamedBy(report, plots)]).toEqual(['e-7', 'e-9']);
});
