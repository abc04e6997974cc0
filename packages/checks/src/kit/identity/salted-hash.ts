import { createHash, createHmac } from 'node:crypto';
import { type FastHash, fastHashes } from './stored-passwords.ts';

/** A fast hash of a password with a salt that was written along with it. */
export interface SaltedHash {
  readonly hash: FastHash;
  /** The value that holds it. */
  readonly value: string;
}

/** Longer ones are texts of the account, and no salt. */
const [mostOfValue, mostOfSalt] = [4096, 128];
/** How hashes and salts are put into one value. */
const separators = [/\$/, /:/, /\./, /\|/, /[$:.|,;"{}\s]+/];
const sizes: Readonly<Record<FastHash, number>> = { md5: 16, sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 };

/**
 * A hash that is made again from the password and what was written beside it: equality is proof. Tried are the salt before the password, after it, and as the
 * key of an HMAC. Null when none is.
 * @param values whatever was written when somebody signed up
 */
export function saltedHash(password: string, values: readonly string[]): SaltedHash | null {
  const pieces = values
    .filter((value) => value.length <= mostOfValue)
    .flatMap((value) => piecesOf(value).map((text) => ({ value, readings: readingsOf(text) })));
  const made = new Map<string, FastHash>();
  const salts = new Map(pieces.flatMap(({ readings }) => readings.map((bytes) => [bytes.toString('hex'), bytes])));
  for (const salt of salts.values()) {
    if (salt.length === 0 || salt.length > mostOfSalt) continue;
    for (const hash of fastHashes) for (const digest of digestsOf(hash, password, salt)) made.set(digest, hash);
  }
  for (const { value, readings } of pieces) {
    for (const bytes of readings) {
      const hash = made.get(bytes.toString('hex')) ?? joined(password, bytes);
      if (hash !== undefined) return { hash, value };
    }
  }
  return null;
}

/** The hash, where hash and salt stand in one piece, whichever comes first. */
function joined(password: string, bytes: Buffer): FastHash | undefined {
  return fastHashes.find((hash) => {
    const size = sizes[hash];
    if (bytes.length <= size || bytes.length > size + mostOfSalt) return false;
    const cuts = [
      [bytes.subarray(0, size), bytes.subarray(size)],
      [bytes.subarray(-size), bytes.subarray(0, -size)],
    ] as const;
    return cuts.some(([digest, salt]) =>
      [salt, Buffer.from(salt.toString('hex'))].some((one) =>
        digestsOf(hash, password, one).includes(digest.toString('hex')),
      ),
    );
  });
}

function digestsOf(hash: FastHash, password: string, salt: Buffer): readonly string[] {
  return [
    createHash(hash).update(salt).update(password).digest('hex'),
    createHash(hash).update(password).update(salt).digest('hex'),
    createHmac(hash, salt).update(password).digest('hex'),
  ];
}

/** The value, and its parts. */
function piecesOf(value: string): readonly string[] {
  return [...new Set([value, ...separators.flatMap((separator) => value.split(separator))])].filter(
    (piece) => piece !== '',
  );
}

/** The bytes that a text may stand for. */
function readingsOf(text: string): readonly Buffer[] {
  const hex = /^(?:\\x)?((?:[0-9a-f]{2})+)$/i.exec(text)?.[1];
  return [
    Buffer.from(text),
    ...(hex === undefined ? [] : [Buffer.from(hex, 'hex')]),
    ...(/^[\w+/-]+={0,2}$/.test(text) ? [Buffer.from(text, 'base64')] : []),
  ];
}
