import type { Check, Exchange, FindingDraft, Json, ProbeContext, RequestSpec } from '@assay/contract';
import { itemsOf, withQuery } from '../kit/answers/list-walk.ts';
import { isHousekeeping } from '../kit/database/sql-template.ts';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { type Measured, growthComplaint, mayBeSteep, type Series } from '../kit/load/cost.ts';
import { cpuPerRequest, lengthen, tableSizes } from '../kit/load/longer-lists.ts';
import { operationOf } from '../kit/requests/cases.ts';
import { type FillableList, fillableLists } from '../kit/setup/fill.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, isSuccess, list as inWords } from '../kit/words.ts';

/** Rows of each list at the first look; 4 and 16 times as many at the others. A slow backend gets half as many. */
const base = { usual: 16, slow: 8 };
/** The page that is asked for where a list has pages; the first filling is larger already. */
const page = 5;
/** Pages of these lengths at the last look, for the cost over the size of the result. */
const pages = [10, 40, 100] as const;
/**
 * Lists without pages are made so many times as long again, in SQL: what compares everything with everything shows then. Not where they are slow already,
 * or too little time is left.
 */
const longer = { times: 4, mostMs: 500, leastRemainingMs: 20_000 };
/** Each request is sent so often; the others in between. */
const repeats = 5;
/** A list that could not be filled to this share of the size is left out. */
const leastFilled = 0.9;
/** What filling may be expected to take before a backend is called slow, and when it stops in any case. Milliseconds. */
const fillMs = { usual: 15_000, most: 35_000 };

interface Evidence {
  readonly series: readonly Series[];
  /** How many rows the lists had. */
  readonly rows: readonly number[];
  readonly trouble: string | null;
}

interface Subject {
  readonly operation: string;
  readonly kind: Series['kind'];
  readonly request: RequestSpec;
  readonly fillable: FillableList | null;
}

/** What reading costs, for 1, 4 and 16 times the rows: statements and rows on the wire are counted, and time is a second witness. */
export const check: Check<Evidence> = {
  id: 'performance/cost-growth',
  claim: 'Reading costs no more than in proportion to what is read, however much there is',
  skill: 'databases',
  severity: 'medium',
  names: { cwe: 'CWE-1050', owasp: 'API4:2023' },
  needs: [],
  instance: 'own',
  alone: true,
  applies: (_contract, shape) =>
    shape.resources.some(({ lists }) => lists.length > 0) ? applies : doesNotApply('the contract has no lists'),
  probe,
  judge: ({ series, rows, trouble }) => {
    const compared = series.filter(({ measured }) => measured.length >= 3);
    if (series.length === 0 && trouble === null) return notApplicable('nothing that is listed can be created');
    if (compared.length === 0) return undecided(trouble ?? 'no list could be made long enough');
    return judged(
      compared.flatMap((each): readonly FindingDraft[] => {
        const complaint = growthComplaint(each);
        return complaint === null ? [] : [complaint];
      }),
      `${count(compared.length, 'request')} measured at ${inWords(rows)} rows`,
    );
  },
};

async function probe(context: ProbeContext): Promise<Evidence> {
  const sizes = await tableSizes(context.backend);
  const setup = new Setup(context);
  const lonely = await lonelyThings(context, setup);
  const { lists, trouble } = await fillableLists(context, setup);
  const subjects: Subject[] = [...lonely, ...lists.flatMap((fillable) => subjectsOf(context, fillable))];
  const measured = new Map<Subject, Measured[]>(subjects.map((subject) => [subject, []]));
  const rows: number[] = [];
  const began = performance.now();
  const made = new Map<FillableList, number>(lists.map((fillable) => [fillable, 0]));
  const isFull = (fillable: FillableList, size: number): boolean => (made.get(fillable) ?? 0) >= size * leastFilled;
  const fillTo = async (size: number): Promise<void> => {
    for (const fillable of lists) {
      for (let before = made.get(fillable) ?? 0; before < size; before = made.get(fillable) ?? 0) {
        if (context.signal.aborted || performance.now() - began > fillMs.most) return;
        const wanted = Math.min(base.slow, size - before);
        const added = await fillable.fill(wanted);
        made.set(fillable, before + added);
        if (added < wanted) break;
      }
    }
  };
  await fillTo(base.slow);
  const expectedMs = ((performance.now() - began) / base.slow) * base.usual * 16;
  const first = expectedMs > fillMs.usual ? base.slow : base.usual;
  const last = first * 16;
  for (const size of [first, first * 4, last]) {
    context.progress(`${size} rows`);
    await fillTo(size);
    if (context.signal.aborted || !lists.some((fillable) => isFull(fillable, size))) break;
    rows.push(size);
    for (const [subject, found] of await measure(context, subjects))
      if (subject.fillable === null || isFull(subject.fillable, size))
        measured.get(subject)?.push({ ...found, rows: size });
  }
  const full = lists.filter((fillable) => isFull(fillable, last));
  const byLength = rows.length === 3 ? await overLength(context, full, last) : [];
  const whole = subjects.filter((subject) => isWorthMore(seriesOf(subject, measured.get(subject) ?? [])));
  if (sizes !== null && whole.length > 0 && context.remaining() > longer.leastRemainingMs) {
    context.progress('longer lists');
    await lengthen(context.backend, sizes, longer.times);
    for (const [subject, found] of await measure(context, whole)) {
      const all = [...(measured.get(subject) ?? []), { ...found, rows: found.items }];
      const isSteep = mayBeSteep(seriesOf(subject, all));
      const cpuMs = isSteep ? await cpuPerRequest(context.backend, () => context.backend.send(subject.request)) : null;
      measured.set(subject, [...all.slice(0, -1), { ...found, rows: found.items, cpuMs }]);
    }
  }
  const series = subjects.map((subject) => seriesOf(subject, measured.get(subject) ?? []));
  const short = lists.find((fillable) => fillable.trouble() !== null)?.trouble() ?? trouble;
  const late = rows.length < 3 && performance.now() - began > fillMs.most;
  return { series: [...series, ...byLength], rows, trouble: late ? 'filling the lists took too long' : short };
}

/** One thing of each kind that nothing else will refer to: what reading it costs must not depend on how many others there are. */
async function lonelyThings(context: ProbeContext, setup: Setup): Promise<readonly Subject[]> {
  const found: Subject[] = [];
  for (const { name, create, read, idParameter } of context.shape.resources) {
    if (create === null || read === null) continue;
    try {
      const thing = await setup.make(name);
      const request = await setup.request(read, { [`path:${idParameter ?? 'id'}`]: thing.id });
      setup.forget(thing);
      found.push({ operation: read, kind: 'one', request, fillable: null });
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  }
  return found;
}

/** The list itself, as a page where it has pages; and a search in it that finds nothing. */
function subjectsOf(context: ProbeContext, fillable: FillableList): readonly Subject[] {
  const { operation, pagination } = fillable.list;
  const limit = pagination?.limit ?? null;
  const request = limit === null ? fillable.request : withQuery(fillable.request, { [limit]: page });
  const search = operationOf(context.contract, operation).parameters.find(
    ({ in: place, name }) => place === 'query' && /^(q|query|search|text|name|title|contains)$/i.test(name),
  );
  const word = context.random.unique('zq');
  return [
    { operation, kind: limit === null ? 'all' : 'page', request, fillable },
    ...(search === undefined
      ? []
      : [{ operation, kind: 'search' as const, request: withQuery(request, { [search.name]: word }), fillable }]),
  ];
}

async function overLength(
  context: ProbeContext,
  lists: readonly FillableList[],
  rows: number,
): Promise<readonly Series[]> {
  const found: Series[] = [];
  for (const fillable of lists) {
    const limit = fillable.list.pagination?.limit ?? null;
    if (limit === null) continue;
    const subjects = pages.map(
      (length): Subject => ({
        operation: fillable.list.operation,
        kind: 'length',
        request: withQuery(fillable.request, { [limit]: length }),
        fillable,
      }),
    );
    const measured = await measure(context, subjects);
    found.push({
      operation: fillable.list.operation,
      kind: 'length',
      measured: subjects.flatMap((subject) => {
        const one = measured.get(subject);
        return one === undefined ? [] : [{ ...one, rows }];
      }),
    });
  }
  return found;
}

/** A whole list that has shown nothing yet, and can be made longer in little time. */
function isWorthMore(series: Series): boolean {
  const times = series.measured[2]?.times ?? [Number.POSITIVE_INFINITY];
  return series.kind === 'all' && growthComplaint(series) === null && Math.min(...times) <= longer.mostMs;
}

function seriesOf({ operation, kind }: Subject, measured: readonly Measured[]): Series {
  return { operation, kind, measured };
}

/** In turns, so that what disturbs the machine disturbs all of them. Statements are those of the last time, alone in flight. */
async function measure(
  context: ProbeContext,
  subjects: readonly Subject[],
): Promise<ReadonlyMap<Subject, Omit<Measured, 'rows'>>> {
  const times = new Map<Subject, number[]>(subjects.map((subject) => [subject, []]));
  const found = new Map<Subject, Omit<Measured, 'rows'>>();
  const { wire } = context.backend;
  for (let turn = 0; turn < repeats; turn += 1) {
    for (const subject of subjects) {
      const mark = wire?.mark() ?? 0;
      const exchange = await context.backend.send(subject.request);
      times.get(subject)?.push(exchange.durationMs);
      if (turn < repeats - 1) continue;
      await wire?.idle(20, context.signal);
      const items = itemCount(subject, exchange);
      if (items === null) continue;
      const statements = wire?.since(mark).filter(({ text }) => !isHousekeeping(text)) ?? null;
      const reads = statements?.filter(({ command }) => command === 'SELECT' || command === 'FETCH') ?? null;
      found.set(subject, {
        items,
        statements: statements?.length ?? null,
        rowsRead: reads?.reduce((sum, { rows }) => sum + (rows ?? 0), 0) ?? null,
        times: times.get(subject) ?? [],
        exchange: withoutLongBody(exchange),
        reads: reads?.toSorted((a, b) => (b.rows ?? 0) - (a.rows ?? 0)).slice(0, 5) ?? [],
      });
    }
  }
  return found;
}

function itemCount({ fillable }: Subject, exchange: Exchange): number | null {
  if (!isSuccess(exchange)) return null;
  return fillable === null ? 1 : (itemsOf(fillable.list, exchange)?.length ?? null);
}

const longestBody = 2000;

function withoutLongBody(exchange: Exchange): Exchange {
  const body: Json | undefined =
    exchange.response?.body === undefined || !('text' in exchange.response.body)
      ? undefined
      : exchange.response.body.text;
  if (exchange.response === undefined || typeof body !== 'string' || body.length <= longestBody) return exchange;
  return {
    ...exchange,
    response: {
      ...exchange.response,
      body: { text: body.slice(0, longestBody), truncatedFrom: Buffer.byteLength(body) },
    },
  };
}
