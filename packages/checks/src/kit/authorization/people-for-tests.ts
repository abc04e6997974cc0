import { type Contract, inferShape, type Instance, type ProbeContext } from '@assay/contract';
import { authenticated } from '../identity/authenticated.ts';
import { openIdentities } from '../identity/identities.ts';
import { contextOf } from '../testing/scripted-for-tests.ts';

/**
 * What a probe is given where people sign up and in, as the contract has it.
 * @param unsaid whose the requests are that do not say it
 */
export function contextOfPeople(
  contract: Contract,
  backend: Instance,
  { unsaid = 'nobody' }: { readonly unsaid?: 'nobody' | 'the usual' } = {},
): ProbeContext {
  const sending: Instance = {
    ...backend,
    send: async (spec, options) => {
      const isUsual = spec.as === undefined && unsaid === 'the usual';
      const sender = isUsual ? await identities.senderOf(sending, spec.operation ?? '') : (spec.as ?? null);
      return backend.send(sender === null ? spec : authenticated(spec, sender), options);
    },
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
