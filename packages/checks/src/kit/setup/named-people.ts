import {
  bodyJson,
  type Identity,
  isJsonObject,
  type Json,
  type Operation,
  type ProbeContext,
  propertiesOf,
  type RequestCase,
  resolved,
} from '@assay/contract';
import { scalarsIn } from '../answers/scalars-in.ts';
import { idsOf } from '../identity/ids-of.ts';
import { isValidBody, jsonContentOf } from '../requests/json-body.ts';
import { pinned } from '../requests/pin.ts';
import type { Setup } from './setup.ts';

/** How many people are signed up to be named: a password is slow to hash. */
const mostPeople = 8;
/** How often in a row a request may be refused that names somebody. */
const mostRefused = 2;

const byAddress = /(^|_)e-?mail(_?address)?$|[a-z]Email(Address)?$/i;
const byLogin = /^(user_?name|login|handle|nick_?name)$/i;
const byId = /^(user|member|account|person|player|invitee|participant|assignee|collaborator|profile)_?(uu)?id$/i;

/** Everybody who was signed up for a set-up. */
const everybody = new WeakMap<Setup, Identity[]>();

interface Place {
  /** `body:/email` */
  readonly target: string;
  readonly values: (somebody: Identity) => Promise<readonly Json[]>;
}

/**
 * People whom requests of an operation name: a member is added to a team by the e-mail address, the login or the id of somebody who has an account. What is
 * made up names nobody, and no operation that creates things makes one.
 */
export class NamedPeople {
  readonly #context: ProbeContext;
  readonly #setup: Setup;
  readonly #operation: Operation;
  readonly #place: Place | null;
  #isNeeded = false;
  #next = 0;
  #refusals = 0;

  constructor(context: ProbeContext, setup: Setup, operation: Operation) {
    this.#context = context;
    this.#setup = setup;
    this.#operation = operation;
    this.#place = placeIn(context, setup, operation);
  }

  get isNeeded(): boolean {
    return this.#isNeeded;
  }

  /** Somebody whom no request of these named yet, by the place where a request says it; null when there is nobody left. */
  async next(request: RequestCase): Promise<Readonly<Record<string, Json>> | null> {
    if (this.#place === null) return null;
    const { target, values } = this.#place;
    const somebody = await this.#somebody(this.#next);
    this.#next += 1;
    const isValid = (value: Json): boolean =>
      isValidBody(this.#context.contract, this.#operation, pinned(request, target, value).body?.value as Json);
    const value = somebody === null ? undefined : (await values(somebody)).find(isValid);
    return value === undefined ? null : { [target]: value };
  }

  accepted(): void {
    this.#refusals = 0;
  }

  /** True when a request that was refused may be accepted with somebody in it. */
  refused(): boolean {
    if (this.#isNeeded) {
      this.#refusals += 1;
      this.#isNeeded = this.#refusals < mostRefused;
      return this.#isNeeded;
    }
    if (this.#place === null || this.#refusals > 0) return false;
    this.#isNeeded = true;
    return true;
  }

  async #somebody(at: number): Promise<Identity | null> {
    const known = everybody.get(this.#setup) ?? [];
    everybody.set(this.#setup, known);
    if (at >= mostPeople) return null;
    const somebody = known[at] ?? (await this.#context.identities.another(this.#setup.instance));
    if ('unavailable' in somebody) return null;
    known[at] = somebody;
    return somebody;
  }
}

/** Where the operation's body has to name somebody, and nothing tells whose id goes there. */
function placeIn(context: ProbeContext, setup: Setup, operation: Operation): Place | null {
  const { contract, identities, shape } = context;
  if (identities.unavailable !== null || operation.id === shape.signIn?.signUp?.operation) return null;
  const { definitions } = contract;
  const schema = jsonContentOf(operation)?.schema;
  const required = resolved(schema, definitions)?.['required'];
  const names = [...propertiesOf(schema, definitions).keys()].filter(
    (name) => Array.isArray(required) && required.includes(name),
  );
  const isMade = (name: string): boolean =>
    setup
      .bindingsOf(operation.id)
      .some(({ target, resource }) => target === `body:/${name}` && setup.resource(resource).create !== null);
  for (const name of names.filter((one) => !isMade(one))) {
    const target = `body:/${name}`;
    if (byAddress.test(name)) return { target, values: async (somebody) => [...addressesOf(somebody), somebody.login] };
    if (byLogin.test(name)) return { target, values: async ({ login }) => [login] };
    if (byId.test(name)) return { target, values: (somebody) => idsOf(context, somebody) };
  }
  return null;
}

function addressesOf({ exchanges }: Identity): readonly Json[] {
  const sent = exchanges.map(({ request }) => bodyJson(request.body)).find(isJsonObject);
  return scalarsIn(sent).flatMap(({ name, value }) => (byAddress.test(name) && typeof value === 'string' ? value : []));
}
