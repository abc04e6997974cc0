import {
  bodyJson,
  encodeRequest,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type Resource,
} from '@assay/contract';
import { operationOf, plainCases } from '../requests/cases.ts';
import { idOf } from '../setup/id-of.ts';
import { sentHelped } from '../setup/readying.ts';
import { secondTry } from '../setup/second-try.ts';
import { type Setup, SetupFailed } from '../setup/setup.ts';
import { Vain } from '../setup/vain.ts';
import { isSuccess } from '../words.ts';

/** A creation of what refers to a thing: an order of an event, a loan of a book. */
export interface Use {
  /** What is made. */
  readonly resource: Resource;
  readonly operation: Operation;
  /** Where it says for which thing it is: `body:/eventId`. */
  readonly target: string;
  /** Where the request that acts on that thing names it: `path:id`. */
  readonly actsOn: string;
}

const mostUses = 3;
const attempts = 4;
/** After how many things in a row of which nothing could be made none is made for it any more. */
const vain = new Vain(3);

/** How the thing that an operation's path names last may be used; those that say most of all else first, for they bring with them what it needs. */
export function usesOf({ contract, shape }: ProbeContext, { id: operation }: Operation): readonly Use[] {
  const thing = (shape.bindings[operation] ?? []).findLast(({ target }) => target.startsWith('path:'));
  if (thing === undefined) return [];
  const bindings = (create: string) =>
    (shape.bindings[create] ?? []).filter(({ target }) => !target.startsWith('query:'));
  return shape.resources
    .flatMap((resource): readonly Use[] => {
      const { create } = resource;
      if (create === null || create === operation || resource.name === thing.resource) return [];
      const binding = bindings(create).find((one) => one.resource === thing.resource);
      return binding === undefined
        ? []
        : [
            {
              resource,
              operation: operationOf(contract, create),
              target: binding.target,
              actsOn: thing.target,
            },
          ];
    })
    .sort((a, b) => bindings(b.operation.id).length - bindings(a.operation.id).length)
    .slice(0, mostUses);
}

/** Whether it was tried of so many things in vain that it is left alone: whatever refuses it refuses it for the next operation on them too. */
export function isInVain(setup: Setup, use: Use): boolean {
  return vain.isGivenUp(setup, knownAs(use));
}

/** Makes something that refers to the thing that a bound request acts on, and tells its id; null when that is refused, or no id is told. */
export async function putToUse(
  context: ProbeContext,
  setup: Setup,
  use: Use,
  bound: RequestCase,
): Promise<Json | null> {
  const { resource, operation, target, actsOn } = use;
  const thing = bound.path[actsOn.slice('path:'.length)];
  if (typeof thing !== 'string' && typeof thing !== 'number') return null;
  let attempt = 0;
  for (const plain of plainCases(context, operation, 'use').take(attempts)) {
    if (context.signal.aborted) break;
    const request = attempt === 0 ? plain : secondTry(context, operation, plain, attempt);
    attempt += 1;
    try {
      const whole = await setup.bind(operation, request, { [target]: thing });
      const first = await setup.instance.send(encodeRequest(operation, whole));
      const exchange = isSuccess(first) ? first : await sentHelped(context, setup, operation, whole);
      if (exchange === null) continue;
      vain.forget(setup, knownAs(use));
      return idOf(resource, exchange, bodyJson(exchange.response?.body) as Json | undefined) ?? null;
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  }
  vain.note(setup, knownAs(use));
  return null;
}

/** What is made of an order may be refused of a product. */
function knownAs({ operation, target }: Use): { readonly id: string } {
  return { id: `${operation.id} ${target}` };
}
