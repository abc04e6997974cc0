import {
  bodyJson,
  type Exchange,
  type Identity,
  isJsonObject,
  type Operation,
  type ProbeContext,
  type RequestSpec,
} from '@assay/contract';
import { isGranted, isGrantedBeside } from '../answers/granted.ts';
import { askedUntil } from '../reading/still-there.ts';
import { isSuccess, status } from '../words.ts';
import { readToken } from './json-web-token.ts';
import { isWayOut } from './open-by-nature.ts';
import { withTokenAlone } from './token-alone.ts';

/** Signing out, and what the token opened before and after it. */
export interface SignedOut {
  /** Signing out without a token: where that is refused, it is the token that says who is signed out. */
  readonly anonymous: Exchange;
  readonly before: Exchange;
  readonly out: Exchange;
  readonly after: Exchange;
}

/** How long a token that was given back may still be good. Milliseconds. */
const patienceMs = 2000;
/** It ends what is open elsewhere, and not what asks. */
const elsewhere = /others?\b|others?(?=[A-Z])|Others?|else/;
const renewing = /refresh|remember/i;
/** A contract that says what becomes of the token itself. */
const endsToken =
  /\b(?:token|jwt)\b[^.]{0,60}\b(?:is|are|gets?|becomes?|will be)\s+(?:then\s+|immediately\s+)?(?:revoked|invalidated|invalid|blacklisted|denylisted|no longer (?:valid|good|accepted))|\b(?:revokes?|invalidates?|blacklists?|denylists?)\s+(?:the|this|your|its|their)?\s*(?:current\s+|bearer\s+|access\s+)*(?:token|jwt)\b/i;
const ofClient = /refresh|cookie|client|other/i;

/**
 * Signs this person out with the token alone, and asks again with it. Null where nothing shows that it had to be good for nothing: a token that says by itself
 * whose it is (a JSON Web Token, something sealed) is often only thrown away by who has it, and where there is another one to renew it, that one is what is ended.
 * The person is not to be used afterwards.
 */
export async function signedOut(
  context: ProbeContext,
  mine: Identity,
  witness: RequestSpec,
): Promise<SignedOut | null> {
  const { backend, signal, contract } = context;
  const { token } = mine;
  const usual = await context.identities.usual(backend);
  if (usual !== null && !('unavailable' in usual) && (usual.token === token || usual.login === mine.login)) return null;
  const way = contract.operations.find(isPlainWayOut);
  if (way === undefined || token === null || witness.method !== 'GET' || isRenewed(mine)) return null;
  if (!(readToken(token) === null ? isDrawn(token) : saysItEnds(way))) return null;
  const alone = withTokenAlone(mine, token);
  const ask = (): Promise<Exchange> => backend.send({ ...witness, as: alone });
  const leave = { method: way.method, target: way.path, operation: way.id };
  const anonymous = await backend.send({ ...leave, as: null });
  if (!isRefused(anonymous)) return null;
  const before = await ask();
  if (!isGranted(before)) return null;
  const out = await backend.send({ ...leave, as: alone });
  if (!isSuccess(out) || !isGranted(out) || status(out) === 202) return null;
  const after = await askedUntil(ask, (answer) => !isGrantedBeside(answer, before), { signal, patienceMs });
  return signal.aborted ? null : { anonymous, before, out, after };
}

function isPlainWayOut(operation: Operation): boolean {
  const { id, path, parameters, requestBody } = operation;
  return (
    isWayOut(operation) &&
    !path.includes('{') &&
    requestBody === null &&
    !parameters.some(({ required }) => required) &&
    ![id, path].some((text) => elsewhere.test(text))
  );
}

/** Whether something else was given that renews the token: ending that one may be all that signing out does. */
function isRenewed({ exchanges }: Identity): boolean {
  return exchanges.some(({ response }) => {
    const body = bodyJson(response?.body);
    const cookies = (response?.headers ?? []).filter(([name]) => name.toLowerCase() === 'set-cookie');
    return (
      (isJsonObject(body) && renewing.test(JSON.stringify(body))) || cookies.some(([, value]) => renewing.test(value))
    );
  });
}

/** Too short to hold who somebody is, sealed, and no text when it is decoded: it says nothing unless the backend looks it up. */
export function isDrawn(token: string): boolean {
  const [, own = ''] =
    /^(?:[A-Za-z]{2,8}_|\d{1,12}\|)?([\da-f]{32,128}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\w+/-]{20,64}={0,2})$/i.exec(
      unescaped(token).replace(/^s:([^.]+)\.[\w+/=-]+$/, '$1'),
    ) ?? [];
  if (own === '') return false;
  const isHex = /^(?:[\da-f]{2})+$/i.test(own);
  return ![...(isHex ? (['hex'] as const) : []), 'base64url' as const].some((coding) =>
    isText(Buffer.from(own, coding)),
  );
}

function isText(bytes: Buffer): boolean {
  const shown = bytes.filter((byte) => byte >= 0x20 && byte < 0x7f).length;
  return bytes.length > 0 && shown / bytes.length > 0.8;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function saysItEnds({ summary = '', description = '' }: Operation): boolean {
  const words = `${summary}. ${description}`;
  return endsToken.test(words) && !ofClient.test(words);
}

function isRefused(exchange: Exchange): boolean {
  return [401, 403].includes(status(exchange) ?? 0) || (isSuccess(exchange) && !isGranted(exchange));
}
