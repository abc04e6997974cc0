import {
  bodyJson,
  encodeRequest,
  type Exchange,
  type HistoryOperation,
  type HistorySource,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type RequestSpec,
  type Resource,
  valueAt,
} from '@assay/contract';
import { unwrapped } from '../answers/counterpart.ts';
import { operationOf, plainCases } from '../requests/cases.ts';
import { isValidBody, jsonContentOf } from '../requests/json-body.ts';
import { withNeededTag } from '../requests/without-conditions.ts';
import { thingIn, wrappedAs } from '../requests/wrapped-body.ts';
import { keptResources } from '../setup/creations.ts';
import { Setup, SetupFailed } from '../setup/setup.ts';
import { isCarriedOut, isSuccess } from '../words.ts';

/**
 * A text of one thing as a register: written with values that occur once, and read. Whatever a backend is, a thing that is read shows what was
 * written last. One for each kind of thing that can be changed.
 */
export function registerHistories(context: ProbeContext): readonly HistorySource[] {
  return writable(context).map(({ resource, operations }) => ({
    id: operations[0]?.id ?? resource.name,
    title: resource.name,
    model: 'register',
    prepare: async ({ random }) => {
      const setup = new Setup(context);
      try {
        // Beside a PATCH that takes no words, but what is to be added, there may be a PUT.
        for (const operation of operations) {
          for (let turn = 0; !context.signal.aborted; turn += 1) {
            // A new one each time: a title that was written may have moved the last one to another address.
            const { id } = await setup.make(resource.name);
            const own = { [`path:${resource.idParameter ?? 'id'}`]: id };
            const read = await setup.request(resource.read ?? '', own);
            const writing = (await writesOf(context, setup, operation, own))[turn];
            if (writing === undefined) break;
            const { pointer, write } = writing;
            const word = random.unique('w');
            // It must take any word, and show it unchanged.
            if (!isSuccess(await context.backend.send(write(word)))) continue;
            if (textIn(await context.backend.send(read), pointer) !== word) continue;
            return {
              opening: [{ input: { f: 'write', value: word } }],
              next: (_client, source): HistoryOperation => {
                const value = source.unique('w');
                return source.integer(0, 1) === 0
                  ? { input: { f: 'read' }, request: read, read: (exchange) => seen(textIn(exchange, pointer)) }
                  : {
                      input: { f: 'write', value },
                      request: write(value),
                      // A refusal may come after the change, as an error may; what is only accepted is done at some later time.
                      read: (exchange) => (isCarriedOut(exchange) ? { outcome: 'ok' } : { outcome: 'unknown' }),
                    };
              },
            };
          }
        }
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
      }
      return null;
    },
  }));
}

/** What can be made, read and changed, with the operations that change it: the one that changes a part first. */
export function writable({ contract, shape }: Pick<ProbeContext, 'contract' | 'shape'>) {
  return keptResources(shape.resources).flatMap((resource): { resource: Resource; operations: Operation[] }[] => {
    const operations = [resource.patch, resource.replace]
      .flatMap((id) => (id === null ? [] : [operationOf(contract, id)]))
      .filter((operation) => jsonContentOf(operation) !== null);
    return operations.length === 0 ? [] : [{ resource, operations }];
  });
}

interface Writing {
  readonly pointer: string;
  write(value: string): RequestSpec;
}

/** The members that take a word, each with the request that writes one. */
async function writesOf(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  own: Readonly<Record<string, Json>>,
): Promise<readonly Writing[]> {
  const found = new Map<string, readonly Writing[]>();
  for (const next of plainCases(context, operation, 'register').take(8)) {
    const bound = await setup.bind(operation, next, own);
    if (bound.body === undefined) continue;
    const { mediaType } = bound.body;
    // `{ article: { title } }`: what is wrapped is written wrapped.
    const around = thingIn(bound.body.value as Json);
    for (const [name, value] of Object.entries(around.thing)) {
      if (typeof value !== 'string' || found.has(name)) continue;
      const whole = (word: string): Json => wrappedAs(around, { ...around.thing, [name]: word });
      const alone = (word: string): Json => wrappedAs(around, { [name]: word });
      const spec = (value: Json): RequestCase => ({ ...bound, body: { mediaType, value } });
      const writing = (make: (word: string) => Json): Writing => ({
        pointer: `/${name}`,
        // Which tag is the current one, nobody knows among many.
        write: (word) => withNeededTag(operation, encodeRequest(operation, spec(make(word))), null),
      });
      const isValid = (make: (word: string) => Json) => isValidBody(context.contract, operation, make('wabcdefgh1'));
      // A partial change names nothing but what it changes, so that others may change the rest; some call that a PUT.
      const ways = operation.method === 'PATCH' && isValid(alone) ? [alone] : [whole, alone];
      found.set(name, ways.filter(isValid).map(writing));
    }
  }
  return [...found.values()].flat();
}

function textIn(exchange: Exchange, pointer: string): string | null {
  const body = isSuccess(exchange) ? (bodyJson(exchange.response?.body) as Json | undefined) : undefined;
  if (body === undefined) return null;
  const value = valueAt(body, pointer) ?? valueAt(unwrapped(body), pointer);
  return typeof value === 'string' ? value : null;
}

function seen(text: string | null) {
  return text === null ? ({ outcome: 'unknown' } as const) : ({ outcome: 'ok', output: text } as const);
}
