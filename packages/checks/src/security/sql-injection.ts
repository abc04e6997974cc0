import {
  type Check,
  type Exchange,
  type FindingDraft,
  type Judgement,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type Statement,
} from '@assay/contract';
import { advice, isTurnedAway } from '../kit/answers/turned-away.ts';
import { applies, distinct, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { type Condition, type Conditions, isToldApart, plantConditions } from '../kit/payloads/blind-injection.ts';
import { findInjection } from '../kit/payloads/injection.ts';
import { placesBesides, placesOf, plantedAt, sqlPlaceInWords, waysTo } from '../kit/payloads/sql-places.ts';
import { fullest, plainCases } from '../kit/requests/cases.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, outcome } from '../kit/words.ts';

interface Planted {
  readonly operation: string;
  /** As `placesOf` and `placesBesides` have it: `query:q`, `body:/title`, `name:query`, `scheme:key`. */
  readonly place: string;
  readonly start: string;
  /** What followed the planted word. */
  readonly tail: string;
  readonly exchange: Exchange;
  /** The statements whose text holds the planted word. */
  readonly statements: readonly Statement[];
  /** The statement was sent for another request, after the value had been kept. */
  readonly later?: true;
}

interface Evidence {
  readonly planted: number;
  /** How many of the planted values reached the database at all. */
  readonly reached: number;
  readonly suspects: readonly Planted[];
  /** The last of them when every one was turned away; null otherwise. */
  readonly turnedAway: Exchange | null;
  /** Where the statements are not seen: values that were evaluated. */
  readonly conditions?: Conditions;
}

/**
 * No input becomes a part of a statement's text. The proof is on the wire: a planted value stands in the SQL itself, outside of any
 * string or name that would hold it as data. Nothing is inferred from statuses, times or words in responses. Only of a backend that brings its own
 * database, conditions are asked that are true and false in turns: that finds, and never clears.
 */
export const check: Check<Evidence> = {
  id: 'security/sql-injection',
  claim: 'No input becomes a part of an SQL statement',
  skill: 'databases',
  severity: 'critical',
  names: { cwe: 'CWE-89', owasp: 'API8:2023', wfc: 'F300' },
  needs: [],
  instance: 'shared',
  applies: (contract) => (contract.operations.length > 0 ? applies : doesNotApply('the contract has no operations')),
  probe: async (context) => {
    const { contract } = context;
    const { wire } = context.backend;
    if (wire === null)
      return { planted: 0, reached: 0, suspects: [], turnedAway: null, conditions: await plantConditions(context) };
    const setup = new Setup(context);
    const mark = wire.mark();
    const suspects: Planted[] = [];
    const kept = new Map<string, Planted>();
    const besides = placesBesides(contract);
    let planted = 0;
    let reached = 0;
    let turnedAway: Exchange | null = null;
    let understood = 0;
    for (const operation of contract.operations.toSorted((a, b) => turnOf(a) - turnOf(b))) {
      if (context.focus !== null && context.focus !== operation.id) continue;
      context.progress(operation.id);
      const plain = fullest(plainCases(context, operation));
      const places = plain === null ? [] : [...placesOf(contract, operation, plain), ...(besides.get(operation) ?? [])];
      for (const place of places) {
        if (context.signal.aborted) break;
        // Each gets things of its own: a write may use up what it is bound to.
        const request = plain === null ? null : await bound(setup, operation, plain, place);
        if (request === null) continue;
        planted += 1;
        for (const [prefix, tail] of waysTo(contract, operation, place, request)) {
          const word = context.random.unique('zq');
          const start = prefix + word;
          const { exchange, carrying } = await plant(context, operation, request, place, start, tail);
          if (isTurnedAway(exchange)) turnedAway = exchange;
          else understood += 1;
          if (carrying.length === 0) continue;
          reached += 1;
          const inText = carrying.filter(({ text }) => holds(text, start));
          const one = { operation: operation.id, place, start, tail, exchange, statements: inText };
          if (inText.some(({ text }) => findInjection(text, start, start + tail) !== null)) suspects.push(one);
          else kept.set(word.toLowerCase(), one);
          break;
        }
      }
    }
    suspects.push(...keptAndJoined(wire.since(mark), kept));
    return { planted, reached, suspects, turnedAway: understood === 0 ? turnedAway : null };
  },
  judge: ({ planted, reached, suspects, turnedAway, conditions }) => {
    if (conditions !== undefined) return judgedBlind(conditions);
    const findings = distinct(suspects.flatMap(finding));
    if (findings.length > 0) return judged(findings, '');
    if (planted === 0) return undecided('nothing could be planted');
    if (turnedAway !== null) return undecided(`${outcome(turnedAway)}${advice(turnedAway)}`);
    if (reached === 0) return notApplicable(`none of ${count(planted, 'planted value')} reached the database`);
    return judged([], `${count(planted, 'value')} planted; ${reached} reached the database, all as data`);
  },
};

/** What writes comes before what reads, so that reading meets what was kept. */
function turnOf({ method }: Operation): number {
  return method === 'DELETE' ? 2 : Number(/^(GET|HEAD)$/.test(method));
}

function judgedBlind({ inputs, found }: Conditions): Judgement {
  const findings = found.filter(({ pairs }) => isToldApart(pairs)).map(condition);
  return findings.length > 0
    ? judged(distinct(findings), '')
    : notApplicable(
        `the backend brings its own database, so its statements are not seen; conditions in ${count(inputs, 'input')} made no difference`,
      );
}

function condition({ operation, place, values, pairs }: Condition): FindingDraft {
  const last = pairs.at(-1);
  return {
    key: `${operation} ${place}`,
    title: `${sqlPlaceInWords(place, operation)} is evaluated as an SQL condition`,
    detail: `${pairs.length} pairs of values were sent that differ only in whether two random words in them are the same, such as ${values.isTrue} and ${values.isFalse}. Every true one was answered in one way and every false one in another: the database compared the words. Whoever sends that request writes the statement: they can read, change and delete whatever the backend's role can.`,
    fix: parameters,
    operation,
    evidence:
      last === undefined
        ? []
        : [
            { kind: 'exchange', exchange: last.isTrue, note: 'with a condition that is true' },
            { kind: 'exchange', exchange: last.isFalse, note: 'with one that is false' },
          ],
  };
}

const parameters =
  'Pass every value as a parameter ($1, ?, %s with a parameter list), never by joining texts. For names of columns and directions, choose from a fixed list.';

/** An ordinary request for one place. Null when what it needs cannot be made. */
async function bound(
  setup: Setup,
  operation: Operation,
  plain: RequestCase,
  place: string,
): Promise<RequestCase | null> {
  // What the planted value takes the place of need not be made.
  for (const keep of [undefined, (target: string) => target === place]) {
    try {
      return await setup.bind(operation, plain, {}, keep);
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      if (!setup.bindingsOf(operation.id).some(({ target }) => target === place)) return null;
    }
  }
  return null;
}

/** Sends the planted value, and tells the statements that carry it. */
async function plant(
  context: ProbeContext,
  operation: Operation,
  request: RequestCase,
  place: string,
  start: string,
  tail: string,
): Promise<{ readonly exchange: Exchange; readonly carrying: readonly Statement[] }> {
  const { wire } = context.backend;
  const mark = wire?.mark() ?? 0;
  const exchange = await context.backend.send(plantedAt(context.contract, operation, request, place, start + tail));
  // A statement that is sent before the answer may complete after it.
  await wire?.idle(5, context.signal);
  const carrying = (wire?.since(mark) ?? []).filter(
    ({ text, parameters }) => holds(text, start) || parameters.some((value) => holds(String(value), start)),
  );
  return { exchange, carrying };
}

/** Some code writes what it is sent in capitals. */
function holds(text: string, start: string): boolean {
  return text.toLowerCase().includes(start.toLowerCase());
}

/** What was passed as a value and kept, and became a part of the statement of another request: a name that a report joins. */
function keptAndJoined(statements: readonly Statement[], kept: ReadonlyMap<string, Planted>): readonly Planted[] {
  const found = new Map<string, Planted>();
  for (const statement of statements) {
    for (const [word] of statement.text.matchAll(/zq[a-z0-9]+/gi)) {
      const one = kept.get(word.toLowerCase());
      if (one === undefined || found.has(`${one.operation} ${one.place}`)) continue;
      if (findInjection(statement.text, one.start, one.start + one.tail) === null) continue;
      found.set(`${one.operation} ${one.place}`, { ...one, statements: [statement], later: true });
    }
  }
  return [...found.values()];
}

function finding({ operation, place, start, tail, exchange, statements, later }: Planted) {
  const proof = statements.map(({ text }) => findInjection(text, start, start + tail)).find((one) => one !== null);
  if (proof === null || proof === undefined) return [];
  return [
    {
      key: `${operation} ${place}`,
      title: `${sqlPlaceInWords(place, operation)} becomes a part of the SQL statement`,
      detail: `The ${place.startsWith('name:') ? 'name' : 'value'} ${start}${tail} was sent, and ${later === true ? 'a statement of another request, after it had been kept,' : 'the statement that reached PostgreSQL'} has it in its own text, outside of any string: …${proof.around}… Whoever sends that request writes the statement: they can read, change and delete whatever the backend's role can.`,
      fix: parameters,
      operation,
      evidence: [
        { kind: 'exchange' as const, exchange },
        { kind: 'statements' as const, statements: statements.slice(0, 3), note: 'what PostgreSQL was sent' },
      ],
    },
  ];
}
