import type { Contract, ContractShape, Exchange, Instance, Random, RequestCase } from '@assay/contract';
import { advice, isRateLimited } from '../answers/turned-away.ts';
import { fullest, plainCases } from '../requests/cases.ts';
import { exampleCase } from '../setup/example-case.ts';
import { secondTry } from '../setup/second-try.ts';
import { isSuccess, outcome } from '../words.ts';
import type { Nobody } from './community.ts';
import { loginRequest, signUpRequest } from './credentials-request.ts';
import type { CredentialsStep } from './sign-in-plan.ts';

/** How often signing up is tried with other values. */
const attempts = 6;

export interface Surroundings {
  readonly contract: Contract;
  readonly shape: ContractShape;
  readonly random: Random;
  readonly signal: AbortSignal;
  /** Says in the request what they are to be. */
  readonly as: (request: RequestCase) => RequestCase;
}

export interface SignedUp {
  readonly password: string;
  /** What they may sign in by, the most likely first. */
  readonly names: readonly string[];
  readonly exchange: Exchange;
}

/** Makes an account. The contract's example is the base, since it is what its author thought of. */
export async function signUpOn(
  instance: Instance,
  step: CredentialsStep,
  { contract, shape, random, signal, as }: Surroundings,
): Promise<SignedUp | Nobody> {
  const cases = plainCases({ contract, shape, random }, step.operation);
  let last: Exchange | null = null;
  for (let attempt = 0; attempt < attempts && !signal.aborted; attempt += 1) {
    const base = caseFor(contract, step, cases, attempt);
    if (base === null) return { unavailable: `no valid request can be generated for ${step.operation.id}` };
    const varied = attempt === 0 ? base : secondTry({ contract, shape, random }, step.operation, base, attempt);
    const { spec, person, names } = signUpRequest(contract, step, as(varied), random.unique('user'));
    last = await instance.send({ ...spec, as: null });
    if (isSuccess(last)) return { password: person.password, names, exchange: last };
    if (isRateLimited(last) || last.error?.kind === 'refused') break;
  }
  const why = last === null ? 'there was no time left' : `${outcome(last)}${isRateLimited(last) ? advice(last) : ''}`;
  const failed = last?.response !== undefined && last.response.status >= 500 && step.template === null ? last : null;
  return {
    ...(failed === null ? {} : { failed }),
    unavailable: `nobody could sign up: ${why}; say how with identities.register in assay.yaml, or name people who have accounts under identities.users`,
  };
}

/** Signs somebody in by the first of their names that is taken. */
export async function loginOf(
  instance: Instance,
  step: CredentialsStep,
  person: { readonly names: readonly string[]; readonly password: string },
  {
    contract,
    shape,
    random,
    signal,
  }: Omit<Surroundings, 'random' | 'as'> & { readonly random: (name: string) => Random },
): Promise<{ readonly login: string; readonly exchange: Exchange } | { readonly unavailable: string }> {
  const base = caseFor(contract, step, plainCases({ contract, shape, random: random('login') }, step.operation), 0);
  if (base === null) return { unavailable: `no valid request can be generated for ${step.operation.id}` };
  let last: Exchange | null = null;
  for (const login of person.names) {
    if (signal.aborted) break;
    const request = loginRequest(contract, step, base, login, person.password);
    last = await instance.send({ ...request, as: null });
    if (isSuccess(last)) return { login, exchange: last };
    if (isRateLimited(last)) break;
  }
  const why = last === null ? 'there was no time left' : `${outcome(last)}${isRateLimited(last) ? advice(last) : ''}`;
  return { unavailable: `nobody could log in: ${why}; say how with identities.login in assay.yaml` };
}

function caseFor(
  contract: Contract,
  step: CredentialsStep,
  cases: Iterator<RequestCase, void>,
  attempt: number,
): RequestCase | null {
  const next = fullest(cases, attempt % 2 === 1 ? 8 : 1);
  if (next === null) return null;
  return (attempt === 0 ? exampleCase(contract, step.operation, next) : null) ?? next;
}
