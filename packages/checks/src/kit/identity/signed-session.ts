import { createHash, createHmac } from 'node:crypto';
import { inflateSync } from 'node:zlib';

/** A session that lies in its cookie, signed, and not in the backend: what it says, and how to sign another with the same secret. */
export interface SignedSession {
  readonly secret: string;
  readonly text: string;
  sign(text: string): string;
}

interface Form {
  keyOf(secret: string): Buffer;
  read(payload: string): string | null;
  write(text: string): string;
}

/** As the library itsdangerous signs for its two best known users: `payload.time.signature`, with HMAC-SHA1 and a key made from the secret. */
const forms: readonly Form[] = [
  // Flask: JSON in base64url, after a dot when it is compressed.
  {
    keyOf: (secret) => createHmac('sha1', secret).update('cookie-session').digest(),
    read: (payload) =>
      payload.startsWith('.') ? inflated(Buffer.from(payload.slice(1), 'base64url')) : decoded(payload, 'base64url'),
    write: (text) => Buffer.from(text).toString('base64url'),
  },
  // Starlette, and with it FastAPI: JSON in base64.
  {
    keyOf: (secret) => createHash('sha1').update(`itsdangerous.Signersigner${secret}`).digest(),
    read: (payload) => decoded(payload, 'base64'),
    write: (text) => Buffer.from(text).toString('base64'),
  },
];

/** Null for a token that is none, or that none of these secrets signed. Nothing is asked for that. */
export function signedSession(token: string, secrets: readonly string[]): SignedSession | null {
  const [, payload = '', time = '', signature = ''] = /^(\.?[\w+/=-]+)\.([\w-]{5,8})\.([\w-]{27})$/.exec(token) ?? [];
  if (signature === '') return null;
  for (const { keyOf, read, write } of forms) {
    const text = read(payload);
    if (text === null || !/^\s*\{/.test(text)) continue;
    const signed = (secret: string, value: string): string =>
      createHmac('sha1', keyOf(secret)).update(value).digest('base64url');
    const secret = secrets.find((word) => signed(word, `${payload}.${time}`) === signature);
    if (secret === undefined) continue;
    // The time of one's own session: it is as fresh as that.
    return {
      secret,
      text,
      sign: (other) => `${write(other)}.${time}.${signed(secret, `${write(other)}.${time}`)}`,
    };
  }
  return null;
}

function decoded(payload: string, encoding: 'base64' | 'base64url'): string {
  return Buffer.from(payload, encoding).toString('utf8');
}

function inflated(bytes: Buffer): string | null {
  try {
    return inflateSync(bytes, { maxOutputLength: 100_000 }).toString('utf8');
  } catch {
    return null;
  }
}
