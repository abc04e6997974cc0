import { encodeRequest, type Identity, type Instance, type Operation, type RequestCase } from '@assay/contract';
import { plainCases } from '../requests/cases.ts';
import { pinned } from '../requests/pin.ts';
import { textInputs } from '../requests/text-inputs.ts';
import { status } from '../words.ts';
import type { Nobody } from './community.ts';
import { isAbove, isForOthers } from './for-few.ts';
import type { IdentityOptions } from './live-identities.ts';
import type { CredentialsStep } from './sign-in-plan.ts';

/** What a sign-up lets people say of what they are to be: `role: buyer | seller`. */
interface Choice {
  /** Place in its request: `body:/role`. */
  readonly place: string;
  /** What those get who say nothing comes first. */
  readonly values: readonly string[];
}

const roleName = /^(?:(?:user|account|profile|member)[-_]?)?(?:role|type|kind)$/i;
/** Nobody in particular: such people make nothing. */
const passing = /guest|visitor|viewer|anonymous/i;
const mostRoles = 4;
const mostOperations = 6;

/**
 * People who may say what they are to be all say the same: what is refused the least of those requests that make something. Else one could make what another may not, and it would be
 * luck who is who. Told once in a run, on the first instance that somebody signs up at.
 */
export class RoleChoice {
  readonly #options: IdentityOptions;
  readonly #choice: Choice | null;
  #chosen: Promise<string | null> | null = null;

  constructor(options: IdentityOptions, signUp: CredentialsStep | null) {
    this.#options = options;
    this.#choice = signUp === null || signUp.template !== null ? null : choiceOf(options, signUp.operation);
  }

  /**
   * What people sign up as; null where nothing can be said. Who was made to find out comes along, once: the first one may be the administrator.
   * @param newcomer signs somebody up as that, and in
   */
  async of(
    instance: Instance,
    newcomer: (role: string) => Promise<Identity | Nobody>,
  ): Promise<{ readonly role: string | null; readonly person: Identity | null }> {
    if (this.#choice === null) return { role: null, person: null };
    if (this.#chosen !== null) return { role: await this.#chosen, person: null };
    const trial = this.#try(this.#choice, instance, newcomer);
    this.#chosen = trial.then(({ role }) => role);
    return trial;
  }

  pinned(request: RequestCase, role: string | null): RequestCase {
    return this.#choice === null || role === null ? request : pinned(request, this.#choice.place, role);
  }

  async #try(
    { values }: Choice,
    instance: Instance,
    newcomer: (role: string) => Promise<Identity | Nobody>,
  ): Promise<{ readonly role: string | null; readonly person: Identity | null }> {
    if (values.length === 1) return { role: values[0] ?? null, person: null };
    const creations = this.#creations();
    let best: { readonly role: string; readonly person: Identity; readonly refused: number } | null = null;
    for (const role of values) {
      if (this.#options.signal.aborted) break;
      const person = await newcomer(role);
      if ('unavailable' in person) continue;
      let refused = 0;
      for (const [operation, request] of creations) {
        const exchange = await instance.send({ ...encodeRequest(operation, request), as: person });
        if (status(exchange) === 403) refused += 1;
      }
      if (best === null || refused < best.refused) best = { role, person, refused };
      if (refused === 0) break;
    }
    return best ?? { role: null, person: null };
  }

  /** Requests that make something which needs nothing else to be there. */
  #creations(): readonly (readonly [Operation, RequestCase])[] {
    const { contract, shape, random } = this.#options;
    const ids = new Set(shape.resources.map(({ create }) => create));
    return contract.operations
      .filter(({ id, path, security, roles }) => {
        const isAsked = security.some((alternative) => alternative.length > 0);
        return ids.has(id) && isAsked && roles.length === 0 && !path.includes('{');
      })
      .slice(0, mostOperations)
      .flatMap((operation) => {
        const { value } = plainCases({ contract, shape, random: random('roles') }, operation).next();
        return value === undefined ? [] : [[operation, value] as const];
      });
  }
}

function choiceOf({ contract }: IdentityOptions, operation: Operation): Choice | null {
  for (const { name, place, schema, many } of textInputs({ ...contract, operations: [operation] }, { choices: true })) {
    const choices = Array.isArray(schema['enum']) ? schema['enum'].filter((one) => typeof one === 'string') : [];
    if (many || !place.startsWith('body:') || !roleName.test(name) || choices.length < 2) continue;
    const usual = choices.filter((one) => one === schema['default']);
    const [first = ''] = [...usual, ...choices];
    // Where the first looks after others, that is what everybody there does.
    const values = [...usual, ...choices].filter(
      (one, at, all) =>
        all.indexOf(one) === at && !passing.test(one) && (one === first ? !isAbove(one) : !isForOthers(one)),
    );
    if (values.length > 0) return { place, values: values.slice(0, mostRoles) };
  }
  return null;
}
