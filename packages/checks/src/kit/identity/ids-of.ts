import { bodyJson, type Identity, isJsonObject, type Json, type ProbeContext, responseHeaderOf } from '@assay/contract';
import { scalarsIn } from '../answers/scalars-in.ts';
import { isSuccess } from '../words.ts';
import { readToken } from './json-web-token.ts';

const names = /^(sub|_?id|uuid|uid|(user|account|member|customer|client|person|player|author|profile)_?(uu)?id)$/i;
export const ownProfile = /\/(me|myself|self|whoami|profile|account|current[-_]?user|user)\/?$/i;
/** `/data/user/id`: what stands deeper is seldom about whoever asks. */
const deepest = 4;
/** How many operations are asked for somebody's own profile. */
const mostProfiles = 3;

/**
 * Ids by which a backend may know somebody, as it told them itself: at sign-up and login, in their token, and in their own profile. Which of them
 * is their account's, only what it opens can show.
 */
export async function idsOf(context: ProbeContext, somebody: Identity): Promise<readonly Json[]> {
  const claims = somebody.token === null ? undefined : readToken(somebody.token)?.claims;
  const told = [somebody.profile, ...somebody.exchanges.map(({ response }) => bodyJson(response?.body)), claims];
  const made = somebody.exchanges.map((exchange) => responseHeaderOf(exchange, 'location')?.split(/[?#]/)[0]);
  const found = [
    ...told.flatMap((one) => idsIn(one)),
    ...made.flatMap((path) => path?.split('/').findLast((part) => part !== '') ?? []),
    ...(await idsInProfile(context, somebody)),
    somebody.login,
  ];
  return found.filter((id, index) => found.findIndex((one) => String(one) === String(id)) === index);
}

/** Whether an answer names somebody as they sign in: only one about them does. */
export function namesThem(body: unknown, { login }: Pick<Identity, 'login'>): boolean {
  return scalarsIn(body).some(({ value }) => String(value).toLowerCase() === login.toLowerCase());
}

/** The nearest to the top first: what stands deeper may be the id of something else. */
function idsIn(body: unknown): readonly (string | number)[] {
  const depth = (place: string): number => place.split('/').length;
  return scalarsIn(isJsonObject(body) ? body : undefined)
    .filter(({ name, place }) => names.test(name) && depth(place) <= deepest)
    .toSorted((a, b) => depth(a.place) - depth(b.place))
    .flatMap(({ value }) => (typeof value === 'boolean' ? [] : [value]));
}

async function idsInProfile({ contract, backend }: ProbeContext, somebody: Identity): Promise<readonly Json[]> {
  const reads = contract.operations.filter(
    ({ method, path, parameters }) =>
      method === 'GET' && ownProfile.test(path) && !parameters.some(({ required }) => required),
  );
  for (const { id, path } of reads.slice(0, mostProfiles)) {
    const exchange = await backend.send({ method: 'GET', target: path, operation: id, as: somebody });
    const body = bodyJson(exchange.response?.body);
    if (isSuccess(exchange) && namesThem(body, somebody)) return idsIn(body);
  }
  return [];
}
