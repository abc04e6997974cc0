import {
  type Contract,
  encodeRequest,
  type Exchange,
  type Json,
  type Operation,
  type ProbeContext,
  propertiesOf,
  type RequestCase,
  resolved,
} from '@assay/contract';
import { operationOf, plainCases } from '../requests/cases.ts';
import { isValidBody, jsonContentOf } from '../requests/json-body.ts';
import { isSuccess } from '../words.ts';
import { sentFed, thingsOf } from './feeding.ts';
import { SetupFailed } from './made.ts';
import { referredToBy } from './referred-to.ts';
import type { Setup } from './setup.ts';
import { Vain } from './vain.ts';

/** What makes a thing such that others may use it: an event is published, an account activated, a copy of a book bought, an item put into a cart. */
export interface Readying {
  readonly operation: Operation;
  readonly resource: string;
  /** Where the thing's id goes: `path:id`. */
  readonly target: string;
  /** What is sent; null: whatever is ordinary. */
  readonly body: Json | null;
  /** It makes something, which may be used up, so that another one helps again; a state is the same the second time. */
  readonly makes: boolean;
}

interface Thing {
  readonly resource: string;
  readonly id: Json;
}

const readyVerb =
  /^(?:publish|activate|open|approve|start|enable|release|launch|confirm|submit|accept|verify|unlock|go[-_]?live|announce|resume)$/i;
const readyState =
  /^(?:published|active|activated|open|opened|approved|started|enabled|released|live|confirmed|available|in[-_ ]?progress|ready|public)$/i;
const stateName = /^(?:status|state)$/i;
/** How many ways are tried for one operation, and how many generations of what its things are in. */
const [mostWays, mostGenerations] = [4, 2];
/** How often things are made ready for one operation where that helped nothing. */
const vain = new Vain(2);

/** What helped, by operation: found out once in a run. */
const helpful = new WeakMap<Contract, Map<string, Readying>>();

/**
 * Tells which things have to be in another state than they are made in before a request may refer to them. What helped an operation once is done for
 * each further thing that its requests refer to, before they are sent.
 */
export class Readyings {
  readonly #context: ProbeContext;
  readonly #helpful: Map<string, Readying>;
  readonly #done = new Set<string>();
  readonly #cases = new Map<string, Iterator<RequestCase, void>>();

  constructor(context: ProbeContext) {
    this.#context = context;
    this.#helpful = helpful.get(context.contract) ?? new Map<string, Readying>();
    helpful.set(context.contract, this.#helpful);
  }

  /** Makes ready what a bound request refers to, where that is known to be needed. @param readying what is done; what helped the operation once when left out */
  async before(
    setup: Setup,
    operation: Operation,
    request: RequestCase,
    readying: Readying | undefined = this.#helpful.get(operation.id),
  ): Promise<void> {
    if (readying === undefined) return;
    for (const thing of this.#thingsOf(setup, operation, request))
      if (thing.resource === readying.resource && !this.#done.has(keyOf(readying, thing)))
        await this.#ready(setup, readying, thing);
  }

  /** Sends a bound request that was refused once more after each thing that it refers to was made ready. Null when it is refused all the same. */
  async sent(setup: Setup, operation: Operation, request: RequestCase): Promise<Exchange | null> {
    return (await this.helped(setup, operation, request))?.exchange ?? null;
  }

  /** The same, with what it was that helped. */
  async helped(
    setup: Setup,
    operation: Operation,
    request: RequestCase,
  ): Promise<{ readonly exchange: Exchange; readonly readying: Readying } | null> {
    if (vain.isGivenUp(setup, operation)) return null;
    let ways = 0;
    for (const thing of this.#thingsOf(setup, operation, request)) {
      for (const readying of readyings(this.#context, thing.resource)) {
        if (readying.operation.id === operation.id || (ways += 1) > mostWays) continue;
        if (!readying.makes && this.#done.has(keyOf(readying, thing))) continue;
        if (!(await this.#ready(setup, readying, thing))) continue;
        const exchange = await setup.instance.send(encodeRequest(operation, setup.freshKey(operation, request)));
        if (!isSuccess(exchange)) continue;
        // What is done to a thing itself must find it as it was read.
        const { resources } = this.#context.shape;
        if (resources.some(({ create }) => create === operation.id)) this.#helpful.set(operation.id, readying);
        vain.forget(setup, operation);
        return { exchange, readying };
      }
    }
    vain.note(setup, operation);
    return null;
  }

  /** False when it was refused. */
  async #ready(setup: Setup, readying: Readying, thing: Thing): Promise<boolean> {
    const { operation, target, body } = readying;
    this.#done.add(keyOf(readying, thing));
    const cases = this.#cases.get(operation.id) ?? plainCases(this.#context, operation, 'ready');
    this.#cases.set(operation.id, cases);
    const plain = cases.next().value;
    if (plain === undefined) return false;
    const mediaType = plain.body?.mediaType ?? 'application/json';
    const request = body === null ? plain : { ...plain, body: { mediaType, value: body } };
    try {
      const bound = await setup.bind(operation, request, { [target]: thing.id });
      return isSuccess(await setup.instance.send(encodeRequest(operation, bound)));
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      return false;
    }
  }

  /** The things that a request refers to, and those that they were made in. */
  #thingsOf(setup: Setup, operation: Operation, request: RequestCase): readonly Thing[] {
    const found: Thing[] = [];
    let generation: readonly Thing[] = thingsOf(this.#context, operation, request);
    for (let number = 0; number <= mostGenerations && generation.length > 0; number += 1) {
      const fresh = generation.filter(({ resource, id }) =>
        found.every((one) => one.resource !== resource || String(one.id) !== String(id)),
      );
      found.push(...fresh);
      generation = fresh.flatMap((thing) => this.#madeIn(setup, thing));
    }
    return found;
  }

  #madeIn(setup: Setup, { resource, id }: Thing): readonly Thing[] {
    const made = setup.whereabouts.known(resource, id);
    return made === undefined ? [] : referredToBy(this.#context, setup, made);
  }
}

function keyOf({ operation }: Readying, { id }: Thing): string {
  return JSON.stringify([operation.id, String(id)]);
}

/** Sends a bound request that was refused again, once what it refers to has been filled or made ready. Null when it is refused all the same. */
export async function sentHelped(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  request: RequestCase,
): Promise<Exchange | null> {
  return (await sentFed(context, setup, operation, request)) ?? setup.readyings.sent(setup, operation, request);
}

/**
 * The ways to bring one thing of a kind into such a state: an action by its id that needs nothing else, its change to that state, or something that is made
 * in it.
 */
function readyings({ contract, shape }: ProbeContext, resource: string): readonly Readying[] {
  const creations = new Set(shape.resources.map(({ create }) => create));
  const onIt = contract.operations.flatMap((operation): readonly Readying[] => {
    const [binding, ...more] = (shape.bindings[operation.id] ?? []).filter(({ target }) => target.startsWith('path:'));
    return binding?.resource === resource && more.length === 0
      ? [{ operation, resource, target: binding.target, body: null, makes: creations.has(operation.id) }]
      : [];
  });
  const actions = onIt.filter(({ operation: { method, path, requestBody } }) => {
    const verb = path.split('/').findLast((segment) => segment !== '') ?? '';
    return /^(POST|PUT|PATCH)$/.test(method) && readyVerb.test(verb) && requestBody?.required !== true;
  });
  const inside = onIt.filter(({ makes }) => makes);
  const { patch, idParameter } = shape.resources.find(({ name }) => name === resource) ?? {};
  if (patch == null || idParameter == null) return [...actions, ...inside];
  const operation = operationOf(contract, patch);
  const changes = stateChanges(operation, contract).filter((body) => isValidBody(contract, operation, body));
  return [
    ...actions,
    ...changes.map((body) => ({ operation, resource, target: `path:${idParameter}`, body, makes: false })),
    ...inside,
  ];
}

function stateChanges(operation: Operation, { definitions }: ProbeContext['contract']): readonly Json[] {
  return [...propertiesOf(jsonContentOf(operation)?.schema, definitions)].flatMap(([name, schema]) => {
    const choices = stateName.test(name) ? resolved(schema, definitions)?.['enum'] : null;
    return Array.isArray(choices)
      ? choices.filter((one) => typeof one === 'string' && readyState.test(one)).map((state) => ({ [name]: state }))
      : [];
  });
}
