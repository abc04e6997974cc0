import {
  bodyJson,
  type Exchange,
  type Identity,
  isJsonObject,
  type Json,
  type JsonObject,
  type Operation,
  type ProbeContext,
} from '@assay/contract';
import { isGranted } from '../answers/granted.ts';
import { thingIn } from '../payloads/written-thing.ts';
import { idsOf, namesThem, ownProfile } from './ids-of.ts';
import { readToken } from './json-web-token.ts';

/** What somebody is told of their own account. */
export interface OwnView {
  /** The operation that shows it; null for what their token says. */
  readonly operation: Operation | null;
  readonly exchange: Exchange;
  readonly account: JsonObject;
}

const somebody = /\/(users?|accounts?|members?|people|customers?|profiles?)\/\{[^/{}]+\}\/?$/i;
/** Whether an address is that of a person: one's own profile, or an item among the people. */
export function showsSomebody(path: string): boolean {
  return ownProfile.test(path) || somebody.test(path);
}

/** What a token says of itself and of whose it is (RFC 7519), and not of what they are. */
const registered =
  /^(iss|sub|aud|exp|nbf|iat|jti|sid|nonce|azp|typ|(user_?)?id|_id|e?mail|(user_?)?name|type|token_?type)$/i;
const mostReads = 3;
const mostIds = 2;

/** Their profile, their item among the people, and the claims of their token, as far as the contract and the backend have such. */
export async function ownViews(context: ProbeContext, person: Identity): Promise<readonly OwnView[]> {
  const { contract, backend } = context;
  const reads = contract.operations.filter(
    ({ method, parameters }) =>
      method === 'GET' && parameters.every(({ required, in: where }) => !required || where === 'path'),
  );
  const views: OwnView[] = [];
  const see = async (operation: Operation, target: string): Promise<boolean> => {
    const exchange = await backend.send({ method: 'GET', target, operation: operation.id, as: person });
    const body = bodyJson(exchange.response?.body) as Json | undefined;
    if (!isGranted(exchange) || !isJsonObject(body) || !namesThem(body, person)) return false;
    views.push({ operation, exchange, account: thingIn(null, body) });
    return true;
  };
  const own = reads.filter(({ path }) => ownProfile.test(path) && !path.includes('{')).slice(0, mostReads);
  for (const operation of own) await see(operation, operation.path);
  const items = reads.filter(({ path }) => somebody.test(path) && path.split('{').length === 2).slice(0, mostReads);
  const ids = items.length === 0 ? [] : (await idsOf(context, person)).slice(0, mostIds);
  for (const operation of items)
    for (const id of ids)
      if (await see(operation, operation.path.replace(/\{[^/{}]+\}/, encodeURIComponent(String(id))))) break;
  const claims = person.token === null ? null : (readToken(person.token)?.claims ?? null);
  const login = person.exchanges.at(-1);
  if (claims !== null && login !== undefined)
    views.push({
      operation: null,
      exchange: login,
      account: Object.fromEntries(Object.entries(claims).filter(([name]) => !registered.test(name))),
    });
  return views;
}
