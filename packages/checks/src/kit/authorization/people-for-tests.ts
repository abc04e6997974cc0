import { type Contract, inferShape, type Instance, type ProbeContext } from '@assay/contract';
import { authenticated } from '../identity/authenticated.ts';
import { openIdentities } from '../identity/identities.ts';
import { contextOf } from '../testing/scripted-for-tests.ts';

/** What a probe is given where people sign up and in, as the contract has it. Requests that do not say whose they are, are nobody's. */
export function contextOfPeople(contract: Contract, backend: Instance): ProbeContext {
  const sending: Instance = {
    ...backend,
    send: async (spec, options) => backend.send(spec.as == null ? spec : authenticated(spec, spec.as), options),
  };
  const context = contextOf(contract, sending);
  let words = 0;
  const random = { ...context.random, unique: (prefix: string) => `${prefix}word${(words += 1)}` };
  const identities = openIdentities({
    contract,
    shape: inferShape(contract),
    settings: null,
    random: () => random,
    signal: context.signal,
  });
  return { ...context, random, identities };
}
