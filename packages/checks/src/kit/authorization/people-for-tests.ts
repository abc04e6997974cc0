import {
  type Contract,
  type Identity,
  inferShape,
  type Instance,
  type JsonObject,
  type ProbeContext,
  readContract,
} from '@assay/contract';
import { authenticated } from '../identity/authenticated.ts';
import { openIdentities } from '../identity/identities.ts';
import { credentials, object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { contextOf } from '../testing/scripted-for-tests.ts';

/** A contract in which people sign up at `/register` and get the token that all else takes at `/login`. @param registered what a sign-up is answered with */
export function contractOfPeople(paths: JsonObject, registered?: JsonObject): Contract {
  const open = (operationId: string, responses: JsonObject) => ({
    post: { operationId, security: [], requestBody: taken(credentials), responses },
  });
  return readContract({
    path: 'openapi.json',
    text: JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'People', version: '1' },
      security: [{ bearer: [] }],
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      paths: {
        '/register': open('register', { '201': said(registered) }),
        '/login': open('login', { '200': said(object({ token: text })) }),
        ...paths,
      },
    }),
  });
}

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

/** Two who signed up. */
export async function twoPeople({ identities, backend }: ProbeContext): Promise<readonly [Identity, Identity]> {
  const [one, other] = [await identities.another(backend), await identities.another(backend)];
  if (!('token' in one) || !('token' in other)) throw new Error('nobody was signed in');
  return [one, other];
}
