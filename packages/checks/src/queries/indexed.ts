import type { Check, Exchange, FindingDraft, ProbeContext, RequestSpec, Statement } from '@assay/contract';
import { filledBackend, type FilledBackend, statementsOf } from '../kit/database/filled-backend.ts';
import { keepsElsewhere, noStatements } from '../kit/database/keeps-elsewhere.ts';
import { type MissingIndex, missingIndex } from '../kit/database/missing-index.ts';
import { toldUnfilled, type Unfilled } from '../kit/database/multiply.ts';
import { withLiterals } from '../kit/database/quote.ts';
import { manyValues } from '../kit/database/single-values.ts';
import { sqlTemplate } from '../kit/database/sql-template.ts';
import { tellingReads } from '../kit/database/telling-reads.ts';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { readRequests } from '../kit/setup/read-requests.ts';
import { SetupFailed } from '../kit/setup/setup.ts';
import { lookups, writeRequests } from '../kit/setup/write-requests.ts';
import { methodOf } from '../kit/soap/by-schema.ts';
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
  /** Each of `on` has to have an index of its own. */
  readonly isEach?: boolean;
  readonly before: Work;
  readonly after: Work;
}

interface Evidence {
  /** Whether what was made is kept in no database that is watched. */
  readonly elsewhere?: boolean;
  /** Tables that were filled. */
  readonly filled: readonly string[];
  readonly unfilled: readonly Unfilled[];
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
    const planned = new Set<string>();
    for (const { operation, by, isWrite, next, telling } of await asks(context, backend)) {
      if (context.signal.aborted || backend.filled.length === 0) break;
      context.progress(by === null ? operation : `${operation} by ${by}`);
      const asked = await askedOnce(context, next);
      if (asked === null) continue;
      for (const statement of telling(asked.exchange, asked.statements)) {
        const template = sqlTemplate(statement.text);
        if (seen.has(template)) continue;
        seen.add(template);
        const found = await judgedPlan(context, backend, statement, isWrite);
        if (found === 'unplanned') continue;
        planned.add(template);
        if (found === null) continue;
        // Background work can slip in beside a request, and so can a login before it; what comes again with it belongs to it.
        if ((await askedOnce(context, next))?.templates.has(template) === true)
          slow.push({ operation, by, exchange: asked.exchange, statement, ...found });
        else seen.delete(template);
      }
    }
    return {
      filled: backend.filled.map(({ name }) => name),
      unfilled: backend.unfilled,
      planned: planned.size,
      slow,
      elsewhere: backend.made.length > 0 && keepsElsewhere(context.backend),
      trouble: backend.trouble,
    };
  },
  judge: ({ filled, unfilled, planned, slow, elsewhere = false, trouble }) => {
    if (slow.length > 0) return judged(oncePerIndex(slow), '');
    if (elsewhere) return notApplicable(noStatements);
    if (planned === 0)
      return undecided(
        filled.length > 0
          ? 'no statement of a request could be planned'
          : (trouble ?? unfilled.map(toldUnfilled)[0] ?? 'no table grew by what was created'),
      );
    return judged(
      [],
      `${count(planned, 'statement')} planned on many rows in ${list(filled)}${unfilled.length > 0 ? `; ${list(unfilled.map(({ table }) => table))} could not be filled` : ''}`,
    );
  },
};

interface Ask {
  readonly operation: string;
  readonly by: string | null;
  readonly isWrite: boolean;
  readonly next: () => Promise<RequestSpec>;
  readonly telling: (exchange: Exchange, statements: readonly Statement[]) => readonly Statement[];
}

/** What reads, and then what writes: that looks for rows as well, and leaves others behind. */
async function asks(context: ProbeContext, { setup, made }: FilledBackend): Promise<readonly Ask[]> {
  const reads = (await readRequests(context, setup, made)).map(
    (read): Ask => ({
      operation: read.operation,
      by: read.by,
      isWrite: false,
      next: async () => read.request,
      telling: (exchange, statements) => tellingReads(context.shape, read, exchange, statements),
    }),
  );
  const writes = writeRequests(context, setup).map(
    (write): Ask => ({ ...write, by: null, isWrite: true, telling: (_exchange, statements) => lookups(statements) }),
  );
  return [...reads, ...writes];
}

/** Null when the request cannot be made, or is refused. */
async function askedOnce(context: ProbeContext, next: Ask['next']) {
  try {
    const asked = await statementsOf(context, await next());
    if (!isSuccess(asked.exchange)) return null;
    return { ...asked, templates: new Set(asked.statements.map(({ text }) => sqlTemplate(text))) };
  } catch (error) {
    if (error instanceof SetupFailed) return null;
    throw error;
  }
}

/** Whether it looks for a column of few values: what is rare among copies of a few rows may be common where the backend is used. */
async function mayBeChoice({ backend }: ProbeContext, { filled }: FilledBackend, found: MissingIndex) {
  const table = filled.find(({ name }) => name === found.table)?.key;
  const many = await manyValues(backend);
  return (found.isEach ? found.on : found.on.slice(0, 1)).some((part) => {
    const [column] = /"(?:[^"]|"")+"/.exec(part) ?? [];
    return !many.has(`${table}.${column}`);
  });
}

/** Null when nothing is missing. What is found nowhere, and what a request that writes looks for, may be a choice. */
async function judgedPlan(
  context: ProbeContext,
  filled: FilledBackend,
  { text, parameters }: Statement,
  isWrite: boolean,
): Promise<Pick<Slow, 'table' | 'on' | 'isEach' | 'before' | 'after'> | null | 'unplanned'> {
  const statement = withLiterals(text.replace(/;\s*$/, ''), parameters);
  if (statement === null || !/^\s*(select|with|\(|update|delete)/i.test(statement)) return 'unplanned';
  let found: MissingIndex | null;
  try {
    found = await missingIndex(context.backend, filled.schemas, filled.filled, statement);
  } catch {
    // A parameter whose type only its driver knows, a function of the session, policies for its user: nothing can be said.
    return 'unplanned';
  }
  if (found === null || ((isWrite || !found.finds) && (await mayBeChoice(context, filled, found)))) return null;
  const { table, on, isEach, before, after, pages } = found;
  return {
    table,
    on,
    ...(isEach ? { isEach } : {}),
    before: { plan: before.text, cost: before.cost, pages: pages.before },
    after: { plan: after.text, cost: after.cost, pages: pages.after },
  };
}

/** An index that is missing is one fault, in however many operations it is felt. */
function oncePerIndex(slow: readonly Slow[]): readonly FindingDraft[] {
  const missing = Map.groupBy(slow.map(finding), ({ key }) => key);
  return [...missing.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const elsewhere = new Set(others.flatMap(({ operation = '' }) => (operation === first.operation ? [] : operation)));
    if (elsewhere.size === 0) return first;
    return {
      ...first,
      title: `${first.title}; the same in ${count(elsewhere.size, 'other operation')}`,
      detail: `${first.detail}\n\nAlso: ${[...elsewhere].join(', ')}.`,
    };
  });
}

function finding({ operation, by, exchange, statement, table, on, isEach = false, before, after }: Slow): FindingDraft {
  const each = (isEach ? on : [on.join(', ')]).map((columns) => `(${columns.replaceAll('"', '')})`);
  const columns = each.join(' and on ');
  return {
    key: `${table} ${each.join(', ')}`,
    title: `${operation}${by === null ? '' : ` by ${by}`} goes through ${table} row by row: ${before.pages} of its pages read, ${after.pages} with an index on ${columns}`,
    detail:
      'PostgreSQL has no index that leads to what the request asks for, so it reads the whole table, and throws nearly all of it away or sorts it for one page. With a test’s data that is not felt; the time grows with every row that is ever stored, for each request. The plans are of the statement as the backend sent it, with its values, on a table that was filled with rows like its own.',
    fix: `${each.map((one) => `CREATE INDEX ON ${table} ${one}`).join('; ')}. It was tried in a transaction that was rolled back: the planner uses it, and its estimate falls from ${Math.round(before.cost)} to ${Math.round(after.cost)}.`,
    operation,
    evidence: [
      { kind: 'exchange', exchange },
      { kind: 'statements', statements: [statement] },
      {
        kind: 'plan',
        title: `${shorten(sqlTemplate(statement.text), 160)} — without and with an index on ${table} ${columns}`,
        before: before.plan,
        after: after.plan,
      },
    ],
  };
}
