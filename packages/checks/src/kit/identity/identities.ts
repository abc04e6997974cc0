import {
  bodyJson,
  type Exchange,
  type Identity,
  type Instance,
  isJsonObject,
  type Json,
  type KnownUser,
  type Operation,
  type SignIn,
} from '@assay/contract';
import { CarrierChoice } from './carrier-choice.ts';
import { basicCarrier, carriersOf, cookieCarrier } from './carriers.ts';
import { type Community, newCommunity, type Nobody } from './community.ts';
import { loginOf, signUpOn } from './become-known.ts';
import type { IdentityOptions, LiveIdentities } from './live-identities.ts';
import { isWayOut } from '../requests/way-out.ts';
import { endsOwnAccount } from './own-account.ts';
import { RoleChoice } from './role-choice.ts';
import { type SignInPlan, signInOf, signInPlan } from './sign-in-plan.ts';
import { credentialsIn, sessionIn } from './token-of.ts';
import { status } from '../words.ts';

/** How many people are signed up to delete their account, on one instance. */
const mostExpendable = 12;

/** Throws the fault `bad-settings` when the settings do not fit the contract. */
export function openIdentities(options: IdentityOptions): LiveIdentities {
  return new People(options, signInPlan(options.contract, options.shape, options.settings));
}

class People implements LiveIdentities {
  readonly unavailable: string | null;
  readonly signIn: SignIn | null;
  readonly #options: IdentityOptions;
  readonly #plan: SignInPlan | null;
  readonly #communities = new Map<string, Community>();
  readonly #carriers: CarrierChoice;
  readonly #roles: RoleChoice;

  constructor(options: IdentityOptions, plan: SignInPlan | null) {
    this.#options = options;
    this.#plan = plan;
    this.#carriers = new CarrierChoice(options.contract);
    this.#roles = new RoleChoice(options, plan?.signUp ?? null);
    this.signIn = plan === null ? null : signInOf(plan);
    const asks = options.contract.operations.some((operation) => this.#asks(operation));
    this.unavailable = !asks
      ? 'the contract asks for no authentication'
      : plan === null
        ? 'the contract shows no sign-up and login that can be told for certain; name them, or people who have accounts, under identities in assay.yaml'
        : null;
  }

  async another(instance: Instance, role?: string): Promise<Identity | Nobody> {
    if (this.#plan === null || this.unavailable !== null) return { unavailable: this.unavailable ?? '' };
    const community = this.#communityOf(instance);
    return role === undefined ? this.#ordinary(community, this.#plan) : this.#withRole(community, this.#plan, role);
  }

  usual(instance: Instance): Promise<Identity | Nobody | null> {
    if (!this.#options.contract.operations.some((operation) => this.#asks(operation))) return Promise.resolve(null);
    if (this.#plan === null) return Promise.resolve({ unavailable: this.unavailable ?? '' });
    const community = this.#communityOf(instance);
    community.usual ??= this.#firstUsual(community, this.#plan);
    return community.usual;
  }

  async senderOf(instance: Instance, id: string): Promise<Identity | null> {
    const operation = this.#options.contract.operations.find((one) => one.id === id);
    if (operation === undefined || this.#plan === null || !this.#asks(operation)) return null;
    const role = operation.roles.find((name) => this.#plan?.users.some((user) => isRole(user, name)) === true);
    const sender =
      role !== undefined
        ? await this.another(instance, role)
        : endsOwnAccount(operation)
          ? await this.#expendable(this.#communityOf(instance), this.#plan)
          : null;
    if (sender !== null && 'token' in sender) return sender;
    const usual = await this.usual(instance);
    return usual !== null && 'token' in usual ? usual : null;
  }

  signsOut(id: string): boolean {
    return this.#options.contract.operations.some((operation) => operation.id === id && isWayOut(operation));
  }

  renewed(instance: Instance, stale: Identity, orNew = true): Promise<Identity | null> {
    const community = this.#communityOf(instance);
    const key = JSON.stringify([stale.headers, stale.query]);
    const known = community.renewals.get(key);
    if (known !== undefined) return known;
    const renewal = this.#renew(community, stale, orNew);
    community.renewals.set(key, renewal);
    // A token that comes out the same may be refused another time, and then for another reason.
    void renewal.then((again) => {
      if (again === null || JSON.stringify([again.headers, again.query]) === key) community.renewals.delete(key);
    });
    return renewal;
  }

  async #renew(community: Community, stale: Identity, orNew: boolean): Promise<Identity | null> {
    const plan = this.#plan;
    if (plan === null) return null;
    const again = await this.#loggedIn(community, plan, { ...stale, names: [stale.login], before: [] });
    const sender = 'token' in again || stale.role !== null || !orNew ? again : await this.#ordinary(community, plan);
    if (!('token' in sender)) return null;
    if (stale.role === null) community.usual = Promise.resolve(sender);
    else community.byRole.set(stale.role.toLowerCase(), Promise.resolve(sender));
    return sender;
  }

  /** Without a way to sign up, whoever is known will do. */
  async #firstUsual(community: Community, plan: SignInPlan): Promise<Identity | Nobody> {
    const first = await this.#ordinary(community, plan);
    const [known] = plan.users;
    if ('token' in first || plan.signUp !== null || known === undefined) return first;
    return this.#known(community, plan, known);
  }

  async #ordinary(community: Community, plan: SignInPlan): Promise<Identity | Nobody> {
    const ordinary = plan.users.filter(({ role }) => role === null);
    const next = ordinary[community.given];
    if (next !== undefined) {
      community.given += 1;
      return this.#known(community, plan, next);
    }
    if (plan.signUp === null)
      return {
        unavailable:
          ordinary.length === 0
            ? 'the contract has no sign-up; name people who have accounts under identities.users in assay.yaml'
            : 'no more people are named under identities.users in assay.yaml, and the contract has no sign-up',
      };
    return this.#signedUp(community, plan, plan.signUp);
  }

  /** Somebody new each time, up to a number: the one who asks to be deleted is gone after it. */
  async #expendable(community: Community, plan: SignInPlan): Promise<Identity | Nobody | null> {
    if (plan.signUp === null) return null;
    if (community.expendable.length < mostExpendable)
      community.expendable.push(await this.#signedUp(community, plan, plan.signUp));
    return community.expendable.at(-1) ?? null;
  }

  async #signedUp(
    community: Community,
    plan: SignInPlan,
    signUp: NonNullable<SignInPlan['signUp']>,
  ): Promise<Identity | Nobody> {
    const { role, person } = await this.#roles.of(community.instance, (one) =>
      this.#newcomer(community, plan, signUp, one),
    );
    return person ?? this.#newcomer(community, plan, signUp, role);
  }

  /** @param role what they sign up as, where they may say. */
  async #newcomer(
    community: Community,
    plan: SignInPlan,
    signUp: NonNullable<SignInPlan['signUp']>,
    role: string | null,
  ): Promise<Identity | Nobody> {
    community.made += 1;
    const name = `user-${community.made}`;
    const made = await signUpOn(community.instance, signUp, {
      ...this.#options,
      random: this.#options.random(`identity/${name}`),
      as: (request) => this.#roles.pinned(request, role),
    });
    if ('unavailable' in made) return made;
    const person = { ...made, name, role: null, profile: profileOf(made.exchange), before: [made.exchange] };
    if (plan.login !== null || plan.token.kind === 'credentials') return this.#loggedIn(community, plan, person);
    return this.#identity(community, plan, { ...person, login: made.names[0] ?? '' }, made.exchange);
  }

  #withRole(community: Community, plan: SignInPlan, role: string): Promise<Identity | Nobody> {
    const key = role.toLowerCase();
    const before = community.byRole.get(key);
    if (before !== undefined) return before;
    const known = plan.users.find((user) => isRole(user, role));
    const found: Promise<Identity | Nobody> =
      known === undefined
        ? Promise.resolve({
            unavailable: `nobody with the role ${role} is known; name one under identities.users in assay.yaml`,
          })
        : this.#known(community, plan, known);
    community.byRole.set(key, found);
    return found;
  }

  #known(community: Community, plan: SignInPlan, user: KnownUser): Promise<Identity | Nobody> {
    const name = user.role ?? `user-${(community.made += 1)}`;
    return this.#loggedIn(community, plan, { ...user, name, names: [user.login], profile: undefined, before: [] });
  }

  async #loggedIn(
    community: Community,
    plan: SignInPlan,
    person: Pick<Identity, 'name' | 'role' | 'password' | 'profile'> & {
      readonly names: readonly string[];
      readonly before: readonly Exchange[];
    },
  ): Promise<Identity | Nobody> {
    const exchanges = [...person.before];
    if (plan.token.kind === 'credentials') {
      const login = person.names[0] ?? '';
      return { ...person, ...basicCarrier(login, person.password), login, token: null, exchanges };
    }
    const step = plan.login ?? plan.signUp;
    if (step === null) return { unavailable: 'the contract has no login' };
    const outcome = await loginOf(community.instance, step, person, this.#options);
    if ('unavailable' in outcome) return outcome;
    exchanges.push(outcome.exchange);
    const profile = person.profile ?? profileOf(outcome.exchange);
    return this.#identity(
      community,
      plan,
      { ...person, login: outcome.login, profile, before: exchanges },
      outcome.exchange,
    );
  }

  /** The person with what the answer gave them. */
  async #identity(
    community: Community,
    plan: SignInPlan,
    {
      name,
      role,
      login,
      password,
      profile,
      before,
    }: Pick<Identity, 'name' | 'role' | 'login' | 'password' | 'profile'> & {
      readonly before: readonly Exchange[];
    },
    exchange: Exchange,
  ): Promise<Identity | Nobody> {
    const given = credentialsIn(exchange, plan.token);
    if (given === null)
      return {
        unavailable: `${exchange.request.method} ${exchange.request.target} answered ${status(exchange)} without a token that could be found; say where it stands with identities.login.token in assay.yaml`,
      };
    const carrier =
      given.token === null
        ? cookieCarrier(given.cookies)
        : await this.#carriers.choose(community.instance, carriersOf(given.token, plan.schemes));
    const token = given.token ?? sessionIn(given.cookies, plan.schemes);
    return {
      name,
      role,
      login,
      password,
      headers: carrier.headers,
      query: carrier.query,
      token,
      profile,
      exchanges: before,
    };
  }

  #asks(operation: Operation): boolean {
    if (operation.security.some((alternative) => alternative.length > 0)) return true;
    // A contract that is silent about who may ask, though there are settings, or a sign-up and a login, that say how people become known.
    const silent = this.#options.contract.operations.every(({ security }) => security.length === 0);
    const steps = [this.#plan?.signUp?.operation.id, this.#plan?.login?.operation.id];
    return silent && this.#plan !== null && !steps.includes(operation.id);
  }

  #communityOf(instance: Instance): Community {
    const known = this.#communities.get(instance.id);
    if (known === undefined) {
      const community = newCommunity(instance);
      this.#communities.set(instance.id, community);
      return community;
    }
    // Each check sees the instance through eyes of its own; requests are sent in the name of the one that asks.
    known.instance = instance;
    return known;
  }
}

function isRole(user: KnownUser, role: string): boolean {
  return user.role?.toLowerCase() === role.toLowerCase();
}

function profileOf(exchange: Exchange): Json | undefined {
  const body = bodyJson(exchange.response?.body) as Json | undefined;
  return isJsonObject(body) ? body : undefined;
}
