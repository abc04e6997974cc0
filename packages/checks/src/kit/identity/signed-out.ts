import { setTimeout as pause } from 'node:timers/promises';
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
import { isPlainWayOut } from '../requests/way-out.ts';
import { isSuccess, status } from '../words.ts';
import { readToken } from './json-web-token.ts';
import { withTokenAlone } from './token-alone.ts';

/** Signing out, and what the token opened before and after it. */
export interface SignedOut {
  /** Signing out without a token: where that is refused, it is the token that says who is signed out. */
  readonly anonymous: Exchange;
  readonly before: Exchange;
  readonly out: Exchange;
  readonly after: Exchange;
  /** Whether the contract says that the token itself ends; left out in older recordings, and then it is held to it. */
  readonly isPromised?: boolean;
}

/** How long a token that was given back may still be good: what it opens is often kept for some seconds. Milliseconds. */
const usualPatienceMs = 10_000;
const renewing = /refresh|remember/i;
/** A contract that says what becomes of the token itself. */
const endsToken =
  /\b(?:token|jwt)\b[^.]{0,60}\b(?:is|are|gets?|becomes?|will be)\s+(?:then\s+|immediately\s+)?(?:revoked|invalidated|invalid|blacklisted|denylisted|no longer (?:valid|good|accepted))|\b(?:revokes?|invalidates?|blacklists?|denylists?)\s+(?:the|this|your|its|their)?\s*(?:current\s+|bearer\s+|access\s+)*(?:token|jwt)\b/i;
const ofClient = /refresh|cookie|client|other/i;
/** A contract that says that the token goes on. */
const staysGood =
  /\b(?:token|jwt|it)\b[^.]{0,40}\b(?:remains?|stays?|(?:is|are) still)\s+(?:valid|good|usable|accepted)|\buntil (?:it|they|the token) expires?\b/i;

/**
 * Signs this person out with the token alone, and asks again with it. Null where nothing shows that it had to be good for nothing: a token that says by itself
 * whose it is (a JSON Web Token, something sealed) is often only thrown away by who has it, and where there is another one to renew it, that one is what is ended.
 * What still opens after a while is told; nothing is asked in between, for that may be what keeps it. The person is not to be used afterwards.
 */
export async function signedOut(
  context: ProbeContext,
  mine: Identity,
  witness: RequestSpec,
  patienceMs = usualPatienceMs,
): Promise<SignedOut | null> {
  const { backend, signal, contract, shape } = context;
  const { token } = mine;
  const usual = await context.identities.usual(backend);
  if (usual !== null && !('unavailable' in usual) && (usual.token === token || usual.login === mine.login)) return null;
  const login = contract.operations.find(({ id }) => id === shape.signIn?.login?.operation)?.path ?? '';
  const way = contract.operations.find((operation) => isPlainWayOut(operation, login));
  if (way === undefined || token === null || witness.method !== 'GET' || isRenewed(mine)) return null;
  const isPromised = saysItEnds(way);
  if (!(readToken(token) === null ? isDrawn(token) : isPromised) || saysItStays(way)) return null;
  const alone = withTokenAlone(mine, token);
  const ask = (): Promise<Exchange> => backend.send({ ...witness, as: alone });
  const leave = { method: way.method, target: way.path, operation: way.id };
  const anonymous = await backend.send({ ...leave, as: null });
  if (!isRefused(anonymous)) return null;
  const before = await ask();
  if (!isGranted(before)) return null;
  const out = await backend.send({ ...leave, as: alone });
  if (!isSuccess(out) || !isGranted(out) || status(out) === 202) return null;
  const atOnce = await ask();
  const isOpen = isGrantedBeside(atOnce, before);
  if (isOpen) await pause(patienceMs, undefined, { signal }).catch(() => undefined);
  const after = isOpen ? await ask() : atOnce;
  return signal.aborted ? null : { anonymous, before, out, after, isPromised };
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

function saysItStays({ summary, description }: Operation): boolean {
  return staysGood.test(`${summary}. ${description}`);
}

function isRefused(exchange: Exchange): boolean {
  return [401, 403].includes(status(exchange) ?? 0) || (isSuccess(exchange) && !isGranted(exchange));
}
