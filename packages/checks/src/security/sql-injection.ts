import {
  type Check,
  encodeRequest,
  type Exchange,
  type FindingDraft,
  isJsonObject,
  type Json,
  type Judgement,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type RequestSpec,
  type Statement,
} from '@assay/contract';
import { withQuery } from '../kit/answers/list-walk.ts';
import { advice, isTurnedAway } from '../kit/answers/turned-away.ts';
import { applies, distinct, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { type Condition, type Conditions, isToldApart, plantConditions } from '../kit/payloads/blind-injection.ts';
import { findInjection } from '../kit/payloads/injection.ts';
import { fullest, plainCases } from '../kit/requests/cases.ts';
import { stringPlaces } from '../kit/requests/json-body.ts';
import { pinned } from '../kit/requests/pin.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, outcome } from '../kit/words.ts';

/**
 * What follows the unique word, without signs that LIKE treats specially. First every sign that ends a string, a name or a statement; the quote
 * comes twice, apart, because code that doubles only the first is common. A driver that reads the statement itself may refuse what these
 * make of it, and nothing reaches the database; then one that leaves the rest of the statement whole.
 */
const tails = [`'"b';--`, `'||(0)||'`] as const;

interface Planted {
  readonly operation: string;
  /** `query:q`, `body:/title`, `path:id`, `header:X-Name`; `name:body` and `name:query` for the name of what the contract does not know. */
  readonly place: string;
  readonly start: string;
  /** What followed the planted word. */
  readonly tail: string;
  readonly exchange: Exchange;
  /** The statements whose text holds the planted word. */
  readonly statements: readonly Statement[];
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
    if (context.backend.wire === null)
      return { planted: 0, reached: 0, suspects: [], turnedAway: null, conditions: await plantConditions(context) };
    const setup = new Setup(context);
    const suspects: Planted[] = [];
    let planted = 0;
    let reached = 0;
    let turnedAway: Exchange | null = null;
    let understood = 0;
    for (const operation of context.contract.operations) {
      if (context.focus !== null && context.focus !== operation.id) continue;
      context.progress(operation.id);
      for (const { place, request } of await variants(context, setup, operation)) {
        if (context.signal.aborted) break;
        planted += 1;
        for (const [prefix, tail] of waysTo(operation, place)) {
          const start = prefix + context.random.unique('zq');
          const { exchange, carrying } = await plant(context, operation, request, place, start, tail);
          if (isTurnedAway(exchange)) turnedAway = exchange;
          else understood += 1;
          if (carrying.length === 0) continue;
          reached += 1;
          const inText = carrying.filter(({ text }) => text.includes(start));
          if (inText.some(({ text }) => findInjection(text, start, start + tail) !== null))
            suspects.push({ operation: operation.id, place, start, tail, exchange, statements: inText });
          break;
        }
      }
    }
    return { planted, reached, suspects, turnedAway: understood === 0 ? turnedAway : null };
  },
  judge: ({ planted, reached, suspects, turnedAway, conditions }) => {
    if (conditions !== undefined) return judgedBlind(conditions);
    if (planted === 0) return undecided('nothing could be planted');
    if (turnedAway !== null) return undecided(`${outcome(turnedAway)}${advice(turnedAway)}`);
    if (reached === 0) return notApplicable(`none of ${count(planted, 'planted value')} reached the database`);
    return judged(
      distinct(suspects.flatMap(finding)),
      `${count(planted, 'value')} planted; ${reached} reached the database, all as data`,
    );
  },
};

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
    title: `${wordsFor(place, operation)} is evaluated as an SQL condition`,
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

interface Variant {
  readonly place: string;
  readonly request: RequestCase;
}

/** One request for each place that takes a value: parameters, and every string in the body. */
async function variants(context: ProbeContext, setup: Setup, operation: Operation): Promise<readonly Variant[]> {
  const next = fullest(plainCases(context, operation));
  if (next === null) return [];
  const bind = async (): Promise<RequestCase | null> => {
    try {
      return await setup.bind(operation, next);
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      return null;
    }
  };
  const places = [
    ...operation.parameters
      .filter(({ in: where }) => where !== 'cookie')
      .map(({ in: where, name }) => `${where}:${name}`),
    ...(next.body === undefined || typeof next.body.value === 'string'
      ? []
      : stringPlaces(next.body.value as Json).map((place) => `body:${place}`)),
    // Code that makes conditions or columns of whatever names it is sent joins the names, too.
    ...(isJsonObject(next.body?.value) ? ['name:body'] : []),
    ...(operation.method === 'GET' ? ['name:query'] : []),
  ];
  const found: Variant[] = [];
  for (const place of places) {
    // Each gets things of its own: a write may use up what it is bound to.
    const request = await bind();
    if (request !== null) found.push({ place, request });
  }
  return found;
}

/**
 * The tails by themselves, and behind one of the values that the contract lists: code that looks only at how a value begins, such as a column to sort by, lets that
 * through.
 */
function waysTo(operation: Operation, place: string): readonly (readonly [prefix: string, tail: string])[] {
  const parameter = operation.parameters.find(({ in: where, name }) => place === `${where}:${name}`);
  const values = isJsonObject(parameter?.schema) ? parameter.schema['enum'] : undefined;
  const listed = Array.isArray(values) ? values.find((value) => /^[a-z_]\w*$/i.test(String(value))) : undefined;
  const prefixes = listed === undefined ? [''] : ['', String(listed)];
  return prefixes.flatMap((prefix) => tails.map((tail) => [prefix, tail] as const));
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
  const exchange = await context.backend.send(planted(operation, request, place, start + tail));
  // A statement that is sent before the answer may complete after it.
  await wire?.idle(5, context.signal);
  const carrying = (wire?.since(mark) ?? []).filter(
    ({ text, parameters }) => text.includes(start) || parameters.some((value) => String(value).includes(start)),
  );
  return { exchange, carrying };
}

/** What the value of a name that is planted is; some code takes only texts, some only what is not empty. */
const anyValue = '1';

function planted(operation: Operation, request: RequestCase, place: string, text: string): RequestSpec {
  const { body } = request;
  if (place === 'name:query') return withQuery(encodeRequest(operation, request), { [text]: anyValue });
  if (place === 'name:body' && isJsonObject(body?.value))
    return encodeRequest(operation, { ...request, body: { ...body, value: { ...body.value, [text]: anyValue } } });
  return encodeRequest(operation, pinned(request, place, text));
}

function wordsFor(place: string, operation: string): string {
  if (place === 'name:body') return `The name of a member in the body of ${operation}`;
  if (place === 'name:query') return `The name of a query parameter of ${operation}`;
  const [where, name] = [place.slice(0, place.indexOf(':')), place.slice(place.indexOf(':') + 1)];
  return `${where === 'body' ? `The body’s ${name}` : `The ${where} parameter ${name}`} of ${operation}`;
}

function finding({ operation, place, start, tail, exchange, statements }: Planted) {
  const proof = statements.map(({ text }) => findInjection(text, start, start + tail)).find((one) => one !== null);
  if (proof === null || proof === undefined) return [];
  return [
    {
      key: `${operation} ${place}`,
      title: `${wordsFor(place, operation)} becomes a part of the SQL statement`,
      detail: `The ${place.startsWith('name:') ? 'name' : 'value'} ${start}${tail} was sent, and the statement that reached PostgreSQL has it in its own text, outside of any string: …${proof.around}… Whoever sends that request writes the statement: they can read, change and delete whatever the backend's role can.`,
      fix: parameters,
      operation,
      evidence: [
        { kind: 'exchange' as const, exchange },
        { kind: 'statements' as const, statements: statements.slice(0, 3), note: 'what PostgreSQL was sent' },
      ],
    },
  ];
}
