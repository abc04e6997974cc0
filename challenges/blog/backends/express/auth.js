import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { jwtVerify, SignJWT } from 'jose';
import { isUuid } from './input.js';
import { refusals, unauthorized } from './problem.js';

const derive = promisify(scrypt);
const cost = { N: 2 ** 14, r: 8, p: 1 };

export async function hashPassword(password) {
  const salt = randomBytes(16);
  const key = await derive(password, salt, 32, cost);
  return `scrypt$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

async function isPassword(password, hash) {
  const [, salt, key] = hash.split('$').map((part) => Buffer.from(part, 'base64url'));
  return timingSafeEqual(await derive(password, salt, key.length, cost), key);
}

// Compared with when nobody has the address, so that it takes the same time.
const nobodysHash = await hashPassword(randomBytes(16).toString('hex'));

const secret = process.env.SECRET ? Buffer.from(process.env.SECRET) : randomBytes(32);
const lifetime = 3600;

const attemptsAllowed = 10;

/** Returns a token for whoever has this address and password. */
export async function logIn(pool, { email, password }) {
  const address = email.toLowerCase();
  // Counted before the password is looked at: many guesses at once are not more than as many one by one.
  const counted = await pool.query(
    `INSERT INTO login_attempts AS a (email, attempts, first_at) VALUES ($1, 1, now())
     ON CONFLICT (email) DO UPDATE SET
       attempts = CASE WHEN a.first_at < now() - interval '15 minutes' THEN 1 ELSE a.attempts + 1 END,
       first_at = CASE WHEN a.first_at < now() - interval '15 minutes' THEN now() ELSE a.first_at END
     RETURNING attempts, ceil(extract(epoch FROM first_at + interval '15 minutes' - now()))::int AS seconds`,
    [address],
  );
  const [{ attempts, seconds }] = counted.rows;
  if (attempts > attemptsAllowed) throw refusals['too-many-attempts'](Math.max(seconds, 1));

  const { rows } = await pool.query('SELECT id, password_hash FROM users WHERE lower(email) = $1', [address]);
  const [user] = rows;
  const matches = await isPassword(password, user?.password_hash ?? nobodysHash);
  if (user === undefined || !matches) throw refusals['wrong-credentials']();
  await pool.query('DELETE FROM login_attempts WHERE email = $1', [address]);

  const expires = Math.floor(Date.now() / 1000) + lifetime;
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(user.id)
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(secret);
  return { token, expiresAt: new Date(expires * 1000).toISOString() };
}

/** Middleware: puts the user whose token the request carries into `req.user`; without a token it is undefined. */
export function identify(pool) {
  return async (req, res, next) => {
    const header = req.get('Authorization');
    if (header !== undefined) req.user = await userOf(pool, header);
    next();
  };
}

/** Middleware: the same, and nobody else gets past. */
export const signedIn = (pool) => [
  identify(pool),
  (req, res, next) => {
    if (req.user === undefined) throw unauthorized();
    next();
  },
];

async function userOf(pool, header) {
  const token = /^Bearer +([\w.-]+)$/i.exec(header)?.[1] ?? '';
  const claims = await jwtVerify(token, secret, { algorithms: ['HS256'], requiredClaims: ['sub', 'exp'] }).then(
    ({ payload }) => payload,
    () => null,
  );
  if (!isUuid(claims?.sub)) throw unauthorized();
  const { rows } = await pool.query('SELECT * FROM users WHERE id = $1', [claims.sub]);
  if (rows.length === 0) throw unauthorized();
  return rows[0];
}
