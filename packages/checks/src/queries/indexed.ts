import type { Check, Exchange, FindingDraft, ProbeContext, Statement } from '@assay/contract';
import { filledBackend, type FilledBackend, statementsOf } from '../kit/database/filled-backend.ts';
import { type MissingIndex, missingIndex } from '../kit/database/missing-index.ts';
import { withLiterals } from '../kit/database/quote.ts';
import { applies, distinct, doesNotApply, judged, undecided } from '../kit/judgement.ts';
import { readRequests } from '../kit/read-requests.ts';
import { methodOf } from '../kit/soap/by-schema.ts';
import { sqlTemplate } from '../kit/sql-template.ts';
import { tellingReads } from '../kit/telling-reads.ts';
import { count, isSuccess, list, shorten } from '../kit/words.ts';

interface Work {
  readonly plan: string;
  readonly cost: number;
  /** Of the table and its indexes. */
  readonly pages: number;
}

interface Slow {
  readonly operation: string;
  /** The query parameter that was given; null for none. */
  readonly by: string | null;
  readonly exchange: Exchange;
  readonly statement: Statement;
  readonly table: string;
  readonly on: readonly string[];
  readonly before: Work;
  readonly after: Work;
}

interface Evidence {
  /** Tables that were filled. */
  readonly filled: readonly string[];
  readonly unfilled: readonly { readonly table: string; readonly reason: string }[];
  /** How many statements of requests were planned. */
  readonly planned: number;
  readonly slow: readonly Slow[];
  readonly trouble: string | null;
}

/** What requests ask of large tables is found through an index, wherever there is one that would do. */
export const check: Check<Evidence> = {
  id: 'queries/indexed',
  claim: 'What requests look for in large tables is found through an index',
  skill: 'databases',
  severity: 'high',
  names: { cwe: 'CWE-1067' },
  needs: ['wire'],
  instance: 'own',
  applies: (contract, shape) =>
    contract.operations.some((each) => methodOf(each) === 'GET') &&
    shape.resources.some(({ create }) => create !== null)
      ? applies
      : doesNotApply('the contract has nothing that grows and can be read'),
  probe: async (context) => {
    const backend = await filledBackend(context);
    const slow: Slow[] = [];
    const seen = new Set<string>();
    let planned = 0;
    for (const asked of await readRequests(context, backend.setup, backend.made)) {
      const { operation, request, by } = asked;
      if (context.signal.aborted || backend.filled.length === 0) break;
      context.progress(by === null ? operation : `${operation} by ${by}`);
      const { exchange, statements } = await statementsOf(context, request);
      if (!isSuccess(exchange)) continue;
      for (const statement of tellingReads(context.shape, asked, exchange, statements)) {
        const template = sqlTemplate(statement.text);
        if (seen.has(template)) continue;
        seen.add(template);
        const found = await judgedPlan(context, backend, statement);
        if (found === 'unplanned') continue;
        planned += 1;
        // Background work can slip in beside a request; what comes again with it belongs to it.
        if (found !== null && (await comesAgain(context, request, template)))
          slow.push({ operation, by, exchange, statement, ...found });
      }
    }
    return {
      filled: backend.filled.map(({ name }) => name),
      unfilled: backend.unfilled,
      planned,
      slow,
      trouble: backend.trouble,
    };
  },
  judge: ({ filled, unfilled, planned, slow, trouble }) => {
    if (slow.length > 0) return judged(distinct(slow.map(finding)), '');
    if (planned === 0)
      return undecided(
        filled.length > 0
          ? 'no statement of a request that reads could be planned'
          : (trouble ?? unfilled[0]?.reason ?? 'no table grew by what was created'),
      );
    return judged(
      [],
      `${count(planned, 'statement')} planned on many rows in ${list(filled)}${unfilled.length > 0 ? `; ${list(unfilled.map(({ table }) => table))} could not be filled` : ''}`,
    );
  },
};

async function judgedPlan(
  context: ProbeContext,
  { schemas, filled }: FilledBackend,
  { text, parameters }: Statement,
): Promise<Pick<Slow, 'table' | 'on' | 'before' | 'after'> | null | 'unplanned'> {
  const statement = withLiterals(text.replace(/;\s*$/, ''), parameters);
  if (statement === null || !/^\s*(select|with|\()/i.test(statement)) return 'unplanned';
  let found: MissingIndex | null;
  try {
    found = await missingIndex(context.backend, schemas, filled, statement);
  } catch {
    // A parameter whose type only its driver knows, a function of the session, policies for its user: nothing can be said.
    return 'unplanned';
  }
  if (found === null) return null;
  const { table, on, before, after, pages } = found;
  return {
    table,
    on,
    before: { plan: before.text, cost: before.cost, pages: pages.before },
    after: { plan: after.text, cost: after.cost, pages: pages.after },
  };
}

async function comesAgain(context: ProbeContext, request: Parameters<typeof statementsOf>[1], template: string) {
  const { statements } = await statementsOf(context, request);
  return statements.some(({ text }) => sqlTemplate(text) === template);
}

function finding({ operation, by, exchange, statement, table, on, before, after }: Slow): FindingDraft {
  const columns = on.join(', ').replaceAll('"', '');
  return {
    key: `${operation} ${table} (${columns})`,
    title: `${operation}${by === null ? '' : ` by ${by}`} goes through ${table} row by row: ${before.pages} of its pages read, ${after.pages} with an index on (${columns})`,
    detail:
      'PostgreSQL has no index that leads to what the request asks for, so it reads the whole table, and throws nearly all of it away or sorts it for one page. With a test’s data that is not felt; the time grows with every row that is ever stored, for each request. The plans are of the statement as the backend sent it, with its values, on a table that was filled with rows like its own.',
    fix: `CREATE INDEX ON ${table} (${columns}). It was tried in a transaction that was rolled back: the planner uses it, and its estimate falls from ${Math.round(before.cost)} to ${Math.round(after.cost)}.`,
    operation,
    evidence: [
      { kind: 'exchange', exchange },
      { kind: 'statements', statements: [statement] },
      {
        kind: 'plan',
        title: `${shorten(sqlTemplate(statement.text), 160)} — without and with an index on ${table} (${columns})`,
        before: before.plan,
        after: after.plan,
      },
    ],
  };
}
