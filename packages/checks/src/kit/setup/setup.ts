import {
  type Binding,
  bodyJson,
  encodeRequest,
  type Exchange,
  type Instance,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type RequestSpec,
  type Resource,
} from '@assay/contract';
import { isTurnedAway, whyNobody } from '../answers/turned-away.ts';
import { fullest, operationOf, plainCases, sayingAll } from '../requests/cases.ts';
import { withFreshKey } from '../requests/is-idempotency-key.ts';
import { isPresent, pinned } from '../requests/pin.ts';
import { withoutConditions } from '../requests/without-conditions.ts';
import { withoutOptions } from '../requests/without-options.ts';
import { isSuccess, outcome, status } from '../words.ts';
import { Attempts } from './attempts.ts';
import { exampleCase } from './example-case.ts';
import { Fellows } from './fellows.ts';
import { onlyAccount } from './hidden-accounts.ts';
import { idInList } from './id-in-list.ts';
import { idOf } from './id-of.ts';
import { isKin, type Kin, kinOf, parentsFirst, usedUp } from './kinship.ts';
import { LoginAccount } from './login-account.ts';
import { type Made, mayBeLeftOut, notMade, otherwise, SetupFailed } from './made.ts';
import { onlyBound } from './only-bound.ts';
import { Readyings, sentHelped } from './readying.ts';
import { secondTry } from './second-try.ts';
import { TakenTexts } from './taken-texts.ts';
import { isNeverNamed } from './never-named.ts';
import { Whereabouts } from './whereabouts.ts';

export { type Made, SetupFailed } from './made.ts';

const none = (): boolean => false;

/**
 * Makes what requests need to exist before they can mean anything: ids of real things for path parameters, body fields and filters,
 * and a new idempotency key each time. Deterministic for a given context.
 */
export class Setup {
  readonly #context: ProbeContext;
  readonly instance: Instance;
  /** What requests have filled in so far. */
  readonly taken = new TakenTexts();
  readonly #pool = new Map<string, Made[]>();
  /** Notes where things are: requests that speak of one then say where it is as the one did that made it. */
  readonly whereabouts: Whereabouts;
  readonly #login: LoginAccount;
  /** Those made as the contract's example has it. */
  readonly #exemplary = new WeakSet<Made>();
  readonly fellows = new Fellows();
  readonly #attempts: Attempts;
  readonly readyings: Readyings;
  readonly #cases = new Map<string, Iterator<RequestCase, void>>();
  /** Operations that accept only requests that say much. */
  readonly #full = new Set<string>();
  /** Operations that use up what they refer to. */
  readonly #consuming = new Set<string>();
  readonly #making = new Set<string>();

  constructor(context: ProbeContext, instance: Instance = context.backend) {
    this.#context = context;
    this.#attempts = new Attempts(context);
    this.instance = instance;
    this.whereabouts = new Whereabouts(context);
    this.#login = new LoginAccount(context, instance);
    this.readyings = new Readyings(context);
  }

  resource(name: string): Resource {
    const found = this.#context.shape.resources.find((resource) => resource.name === name);
    if (found === undefined) throw new Error(`the contract has no resource ${name}`);
    return found;
  }

  bindingsOf(operation: string): readonly Binding[] {
    return this.#context.shape.bindings[operation] ?? [];
  }

  /** Makes a new thing. `adjust` may change the request before it is sent. Throws SetupFailed. */
  make(name: string, adjust: (request: RequestCase) => RequestCase = (request) => request): Promise<Made> {
    return this.#make(name, adjust, false);
  }

  /**
   * Makes a new thing that others will refer to, as the contract's example has it: what its author thought of together goes together
   * (two accounts in one currency, with enough in them). Without an example it is made like any other. Throws SetupFailed.
   */
  async makeExemplary(
    name: string,
    adjust: (request: RequestCase) => RequestCase = (request) => request,
  ): Promise<Made> {
    const made = await this.#make(name, adjust, true);
    this.#exemplary.add(made);
    return made;
  }

  /** The same for a request that names several, without an example like the last: what differs (in its currency) seldom goes together. */
  async makeFellow(name: string, kin: Kin | null = null): Promise<Made> {
    const { contract } = this.#context;
    const fellow = this.fellows.last(name);
    const adjust = (request: RequestCase): RequestCase => {
      const operation = operationOf(contract, this.resource(name).create ?? '');
      const adjusted = this.fellows.adjusted(contract, operation, request);
      return kin === null ? adjusted : pinned(adjusted, kin.target, kin.id);
    };
    const made = await this.#make(name, adjust, true, fellow).catch((error: unknown) => {
      if (fellow === undefined || !(error instanceof SetupFailed)) throw error;
      return this.#make(name, adjust, true);
    });
    this.#exemplary.add(made);
    return made;
  }

  async #make(
    name: string,
    adjust: (request: RequestCase) => RequestCase,
    exemplary: boolean,
    fellow?: RequestCase,
  ): Promise<Made> {
    const resource = this.resource(name);
    if (resource.create === null) throw new SetupFailed(`the contract has no operation that creates ${name}`);
    const operation = operationOf(this.#context.contract, resource.create);
    const givenUp = this.#attempts.givenUp(operation);
    if (givenUp !== undefined) throw givenUp;
    if (this.#making.has(name)) throw new SetupFailed(`${name} need other ${name} to exist first`);
    this.#making.add(name);
    try {
      let last: Exchange | null = null;
      const isConsuming = this.#consuming.has(operation.id);
      let isUsedUp = false;
      for (const [number, attempt] of this.#attempts.of(operation).entries()) {
        if (this.#context.signal.aborted) break;
        const isFull = attempt % 2 === 1 || this.#full.has(operation.id);
        const generated = this.#nextCase(operation, isFull ? sayingAll : 1);
        const like = (exemplary ? exampleCase(this.#context.contract, operation, generated) : null) ?? fellow ?? null;
        const tried = this.#attempts.request(operation, generated, like, attempt);
        const bound = await this.bind(operation, tried.request).catch((why: unknown) => mayBeLeftOut(why, attempt));
        if (bound === null) continue;
        const request = adjust(bound);
        last = await this.instance.send(encodeRequest(operation, request));
        if (isTurnedAway(last)) break;
        if (!isSuccess(last)) last = (await sentHelped(this.#context, this, operation, request)) ?? last;
        if (!isSuccess(last)) {
          // What it refers to may be used up, as a copy that is lent: others are made.
          const isConflict = status(last) === 409;
          if (number > 0 && (!isConsuming || isConflict)) this.#renew(operation, isConflict);
          isUsedUp = number > 0 && isConflict;
          continue;
        }
        const isTamed = this.#attempts.accepted(operation, tried, isUsedUp);
        if (isUsedUp && !isTamed) this.#consuming.add(operation.id);
        this.taken.note(request);
        if (number > 0 && isFull) this.#full.add(operation.id);
        if (exemplary) this.fellows.note(name, request);
        const body = bodyJson(last.response?.body) as Json | undefined;
        const told = idOf(resource, last, body) ?? (await idInList(this, resource, request));
        const id = told ?? (isNeverNamed(this.#context.shape, resource) ? null : undefined);
        if (id === undefined) throw new SetupFailed(`${outcome(last)}, but no id of what it made can be found`, last);
        const made: Made = { resource: name, id, body, sent: request.body?.value, exchange: last };
        this.adopt(made);
        return made;
      }
      const why = last === null ? '' : await whyNobody(this.#context, this.instance, last);
      throw this.#attempts.failed(operation, notMade(last, why));
    } finally {
      this.#making.delete(name);
    }
  }

  /** Forgets what an operation would refer to, so that it refers to other things. */
  #renew(operation: Operation, isConflict = false): void {
    for (const name of usedUp(this.#context, this.bindingsOf(operation.id), isConflict)) this.#pool.delete(name);
  }

  /** Takes a thing that was made elsewhere for one of those that requests are bound to. */
  adopt(made: Made): void {
    this.#pool.set(made.resource, [...(this.#pool.get(made.resource) ?? []), made]);
    this.whereabouts.note(made);
  }

  /** Forgets a thing that was deleted, so that nothing is bound to it any more. */
  forget(made: Made): void {
    const left = this.#pool.get(made.resource)?.filter((one) => one !== made) ?? [];
    this.#pool.set(made.resource, left);
  }

  /** Forgets everything, after something was deleted that others may hang on. */
  forgetAll(): void {
    this.#pool.clear();
  }

  /** A thing that exists already, or a new one. `besides` are ids that will not do. */
  async some(name: string, besides: readonly Json[] = []): Promise<Made> {
    const pool = (this.#pool.get(name) ?? []).filter((made) => !besides.includes(made.id));
    return pool.at(-1) ?? this.make(name);
  }

  /** The same of things made by example. */
  async #someExemplary(name: string, besides: readonly Json[], kin: Kin | null): Promise<Made> {
    const left = (this.#pool.get(name) ?? []).filter((made) => !besides.includes(made.id));
    if (kin !== null) {
      const near = left.filter((made) => isKin(this.#context, made, kin));
      return near.at(-1) ?? this.make(name, (request) => pinned(request, kin.target, kin.id));
    }
    const pool = this.resource(name).create === null ? left : left.filter((made) => this.#exemplary.has(made));
    return pool.at(-1) ?? this.makeFellow(name).catch(otherwise(left.at(-1)));
  }

  /**
   * Gives every bound place of a case the id of a real thing (a different one for each place), and a new idempotency key. `own`
   * pins places to given ids: `path:id`. Places for which `keep` holds stay as they are.
   */
  async bind(
    operation: Operation,
    request: RequestCase,
    own: Readonly<Record<string, Json>> = {},
    keep: (target: string) => boolean = none,
  ): Promise<RequestCase> {
    // What is invalid will use up nothing.
    if (keep === none && this.#consuming.has(operation.id)) this.#renew(operation);
    const bindings = this.bindingsOf(operation.id);
    const resourceAt = (target: string) => bindings.find((binding) => binding.target === target)?.resource;
    // What is named alone is found where it was made: in that project, not in another one.
    const places: Record<string, Json> = { ...this.whereabouts.places(operation, own, resourceAt), ...own };
    const taken = new Map<string, Json[]>();
    const take = (resource: string, id: Json) => taken.set(resource, [...(taken.get(resource) ?? []), id]);
    for (const [target, id] of Object.entries(own)) take(resourceAt(target) ?? '', id);
    let bound = request;
    for (const { target, resource } of parentsFirst(this.#context, bindings)) {
      if (target in places || keep(target) || !isPresent(bound, target)) continue;
      const besides = taken.get(resource) ?? [];
      const account = await onlyAccount(this.#context, this, this.resource(resource), operation);
      const made =
        account !== null && !besides.includes(account.id)
          ? account
          : await (target.startsWith('body:')
              ? this.#someExemplary(resource, besides, kinOf(this.#context, resource, taken))
              : this.#someAt(operation, resource, besides, places));
      take(resource, made.id);
      if (target.startsWith('path:'))
        Object.assign(places, {
          ...this.whereabouts.places(operation, { [target]: made.id }, () => resource),
          ...places,
        });
      places[target] = made.id;
    }
    for (const [target, id] of Object.entries(places)) {
      if (keep(target) && !(target in own)) continue;
      bound = onlyBound(this.#context.contract, operation, pinned(bound, target, id), target);
    }
    bound = await this.#login.filledIn(operation, bound, keep);
    if (keep === none) await this.readyings.before(this, operation, bound);
    return keep('header:idempotency-key') ? bound : this.freshKey(operation, bound);
  }

  /** Something that stands where the operation's path already says: there already, or made there. */
  async #someAt(
    operation: Operation,
    name: string,
    besides: readonly Json[],
    places: Readonly<Record<string, Json>>,
  ): Promise<Made> {
    const pool = (this.#pool.get(name) ?? []).filter(({ id }) => !besides.includes(id));
    const here = pool.filter((made) => this.whereabouts.fits(made, operation, places));
    return here.at(-1) ?? this.make(name, (request) => this.whereabouts.placed(request, operation, places));
  }

  /** A new value for the Idempotency-Key header where the operation has one. */
  freshKey(operation: Operation, request: RequestCase): RequestCase {
    return withFreshKey(operation, request, this.#context.random);
  }

  /** An ordinary valid request for the operation, bound to things that exist. @param attempt how many were refused before it */
  async request(operationId: string, own: Readonly<Record<string, Json>> = {}, attempt = 0): Promise<RequestSpec> {
    const operation = operationOf(this.#context.contract, operationId);
    const { resources } = this.#context.shape;
    const isRead = resources.some(
      ({ read, lists }) => read === operation.id || lists.some((list) => list.operation === operation.id),
    );
    const plain = isRead ? withoutOptions(operation, this.#nextCase(operation)) : this.#nextCase(operation);
    const next = attempt === 0 ? plain : secondTry(this.#context, operation, plain, attempt);
    const spec = encodeRequest(operation, await this.bind(operation, next, own));
    return operation.method === 'GET' ? withoutConditions(spec) : spec;
  }

  #nextCase(operation: Operation, among = 1): RequestCase {
    const cases = this.#cases.get(operation.id) ?? plainCases(this.#context, operation);
    this.#cases.set(operation.id, cases);
    const next = fullest(cases, among);
    if (next === null) throw new SetupFailed(`no valid request can be generated for ${operation.id}`);
    return next;
  }
}
