import { createHmac, timingSafeEqual } from 'node:crypto';
import { isJsonObject, type JsonObject } from '@assay/contract';

/** A JSON Web Token taken apart (RFC 7519), as it is written and as it reads. */
export interface JsonWebToken {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  /** The three parts, encoded. */
  readonly parts: readonly [header: string, claims: string, signature: string];
}

const hashes: Readonly<Record<string, string>> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' };

/** Null for a token that is something else, such as an opaque one. */
export function readToken(token: string): JsonWebToken | null {
  const [first, second, third, ...more] = token.split('.');
  if (first === undefined || second === undefined || third === undefined || more.length > 0) return null;
  const [header, claims] = [decoded(first), decoded(second)];
  return header === null || claims === null || typeof header['alg'] !== 'string'
    ? null
    : { header, claims, parts: [first, second, third] };
}

/** A token with these contents, signed with HMAC; with any other algorithm it has no signature. */
export function writeToken(header: JsonObject, claims: JsonObject, secret: string | Uint8Array): string {
  const text = `${encoded(header)}.${encoded(claims)}`;
  const hash = hashes[String(header['alg'])];
  return `${text}.${hash === undefined ? '' : createHmac(hash, secret).update(text).digest('base64url')}`;
}

/** A secret, and the key that it stands for. */
export interface SigningKey {
  readonly secret: string;
  /** Many libraries take a secret for the base64 of its key: jjwt's `Decoders.BASE64`, and its `signWith` with a text. */
  readonly form: 'text' | 'base64' | 'hex';
  readonly bytes: Buffer;
}

/** The first of the secrets with which the token was signed; null when none was, or the algorithm has no secret to guess. */
export function keyOf({ header, parts }: JsonWebToken, secrets: readonly string[]): SigningKey | null {
  const hash = hashes[String(header['alg'])];
  if (hash === undefined) return null;
  const signature = Buffer.from(parts[2], 'base64url');
  const isIt = ({ bytes }: SigningKey): boolean => {
    const made = createHmac(hash, bytes).update(`${parts[0]}.${parts[1]}`).digest();
    return made.length === signature.length && timingSafeEqual(made, signature);
  };
  for (const secret of secrets) {
    const found = keysIn(secret).find(isIt);
    if (found !== undefined) return found;
  }
  return null;
}

function keysIn(secret: string): readonly SigningKey[] {
  const keys: SigningKey[] = [{ secret, form: 'text', bytes: Buffer.from(secret) }];
  if (/^[\w+/-]+={0,2}$/.test(secret)) keys.push({ secret, form: 'base64', bytes: Buffer.from(secret, 'base64') });
  if (/^([0-9a-f]{2})+$/i.test(secret)) keys.push({ secret, form: 'hex', bytes: Buffer.from(secret, 'hex') });
  return keys;
}

function encoded(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decoded(part: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}
