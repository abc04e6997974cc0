import type { Exchange, Statement } from '@assay/contract';
import type { ExchangeSummary, Plots } from '@assay/prove';
import { Type } from 'typebox';
import { exactly, named, nullable } from '../../schemas.ts';

const time = Type.Number({ description: 'Milliseconds' });
const count = Type.Integer({ minimum: 0 });

/** Shaped by packages/prove/src/page/exchange-summary.ts. */
export const exchangeSummarySchema = exactly(
  {
    id: Type.String({ pattern: '^[a-z]+-\\d+$' }),
    check: Type.String(),
    operation: nullable(Type.String()),
    method: Type.String(),
    target: Type.String(),
    status: nullable(Type.Integer()),
    durationMs: time,
    startedAt: time,
    statements: count,
  },
  { $id: 'ExchangeSummary' },
);

export const exchangeSummaryRef = named<ExchangeSummary>('ExchangeSummary');

const headers = Type.Array(Type.Array(Type.String(), { minItems: 2, maxItems: 2 }));
const body = Type.Object({
  text: Type.Optional(Type.String()),
  base64: Type.Optional(Type.String()),
  truncatedFrom: Type.Optional(Type.Integer()),
  value: Type.Optional(Type.Unknown()),
});

export const exchangeDetailSchema = exactly(
  {
    exchange: Type.Object({
      id: Type.String(),
      operation: Type.Optional(Type.String()),
      check: Type.String(),
      instance: Type.String(),
      request: Type.Object({ method: Type.String(), target: Type.String(), headers, body: Type.Optional(body) }),
      response: Type.Optional(
        Type.Object({
          status: Type.Integer(),
          reason: Type.String(),
          headers,
          body,
          fault: Type.Optional(Type.Unknown()),
        }),
      ),
      error: Type.Optional(Type.Object({ kind: Type.String(), message: Type.String() })),
      startedAt: time,
      durationMs: time,
    }),
    statements: Type.Array(
      Type.Object({
        id: Type.Integer(),
        connection: Type.Integer(),
        transaction: nullable(Type.Integer()),
        protocol: Type.String(),
        text: Type.String(),
        parameters: Type.Array(Type.Unknown()),
        rows: nullable(Type.Integer()),
        command: nullable(Type.String()),
        error: Type.Optional(Type.Object({ code: Type.String(), message: Type.String() })),
        startedAt: time,
        durationMs: nullable(time),
      }),
    ),
  },
  { $id: 'ExchangeDetail', description: 'An exchange whole, with the statements that it certainly ran' },
);

export const exchangeDetailRef = named<{ exchange: Exchange; statements: Statement[] }>('ExchangeDetail');

const fit = nullable(exactly({ factor: Type.Number(), exponent: Type.Number() }));

/** Shaped by packages/prove/src/plots/plots.ts. */
export const plotsSchema = exactly(
  {
    latency: Type.Array(
      exactly({
        operation: nullable(Type.String()),
        requests: count,
        p50: time,
        p95: time,
        p99: time,
        slowest: time,
        bounds: Type.Array(Type.Number()),
        counts: Type.Array(count),
      }),
    ),
    timeline: Type.Array(
      exactly({
        at: time,
        requests: count,
        failed: count,
        statements: count,
        perSecond: Type.Number(),
        p50: nullable(time),
        p95: nullable(time),
      }),
    ),
    statementsPerRequest: Type.Array(
      exactly({
        operation: Type.String(),
        requests: count,
        least: Type.Number(),
        median: Type.Number(),
        most: Type.Number(),
        worst: Type.String(),
      }),
    ),
    usage: Type.Array(exactly({ at: time, cpu: Type.Number(), rssBytes: Type.Number() })),
    growth: Type.Array(
      exactly({
        operation: Type.String(),
        kind: Type.Enum(['page', 'search', 'one', 'all', 'length']),
        over: Type.Enum(['rows', 'items']),
        points: Type.Array(
          exactly({
            size: Type.Number(),
            statements: nullable(Type.Number()),
            rowsRead: nullable(Type.Number()),
            ms: nullable(time),
          }),
        ),
        fit: exactly({ statements: fit, rowsRead: fit, ms: fit }),
      }),
    ),
    memory: Type.Array(exactly({ requests: count, bytes: Type.Number() })),
  },
  { $id: 'Plots', description: 'Everything that is drawn of a run' },
);

export const plotsRef = named<Plots>('Plots');
