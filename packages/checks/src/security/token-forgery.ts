import { createHash } from 'node:crypto';
import { type Check, type Exchange, type FindingDraft, type JsonObject } from '@assay/contract';
import { isGranted, isGrantedBeside } from '../kit/answers/granted.ts';
import { advice } from '../kit/answers/turned-away.ts';
import { type Impersonation, impersonation } from '../kit/authorization/impersonation.ts';
import { isSilent, mayAskForSomebody } from '../kit/identity/asks-for-somebody.ts';
import { keyOf, readToken, writeToken, type JsonWebToken, type SigningKey } from '../kit/identity/json-web-token.ts';
import { isKeyPair, publicKeysFor } from '../kit/identity/public-keys.ts';
import { type SignedOut, signedOut } from '../kit/identity/signed-out.ts';
import { carries, spoilt, withToken, withTokenAlone } from '../kit/identity/token-alone.ts';
import { witnessFor } from '../kit/identity/token-witness.ts';
import { weakSecrets } from '../kit/identity/weak-secrets.ts';
import { applies, distinct, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { count, outcome, requestLine } from '../kit/words.ts';

interface Forged {
  /** What was done to the token: `with alg none`. */
  readonly how: string;
  readonly exchange: Exchange;
}

interface Evidence {
  readonly operation: string;
  /** The request with the token as it was given. */
  readonly genuine: Exchange | null;
  readonly kind: 'jwt' | 'opaque' | 'none' | 'unasked';
  readonly forged: readonly Forged[];
  /** The guessed secret, and what it was worth: a token of one's own for somebody else. */
  readonly guessed: {
    readonly secret: string;
    /** How its key is read from it. */
    readonly form: SigningKey['form'];
    readonly algorithm: string;
    readonly forSomebodyElse: Exchange | null;
  } | null;
  /** Somebody else's answer to a token that was made from one's own and their id; null when there was none. */
  readonly impersonated: Impersonation | null;
  /** Null, or absent, where nobody could sign out with the token, or it need not be good for nothing afterwards. */
  readonly signedOut?: SignedOut | null;
  /** Why no expired token could be made; left out where one was. */
  readonly unexpired?: keyof typeof whyNotExpired;
  readonly trouble: string | null;
}

/** Claims of a day that is past for certain. Seconds since 1970. */
const longAgo = 1_500_000_000;
const expired = 'that expired long ago';
const whyNotExpired = {
  'no expiry': 'they hold no exp, so that no expired one could be made',
  'private key': 'that an expired one is refused could not be tried, for only the private key of the backend signs one',
  'unknown key': 'that an expired one is refused could not be tried without the key (give it under env in assay.yaml)',
} as const;

/** A token that the backend did not sign, or that is no longer good, opens nothing. */
export const check: Check<Evidence> = {
  id: 'security/token-forgery',
  claim: 'Only a token that the backend signed opens anything',
  skill: 'apis',
  severity: 'critical',
  names: { cwe: 'CWE-347', owasp: 'API2:2023' },
  needs: [],
  instance: 'shared',
  applies: (contract, shape) =>
    contract.operations.some((operation) => mayAskForSomebody(operation, { contract, shape }))
      ? applies
      : doesNotApply('the contract asks for no authentication'),
  probe: async (context) => {
    const nothing: Evidence = {
      operation: '',
      genuine: null,
      kind: 'none',
      forged: [],
      guessed: null,
      impersonated: null,
      trouble: null,
    };
    const [mine, theirs] = [
      await context.identities.another(context.backend),
      await context.identities.another(context.backend),
    ];
    if ('unavailable' in mine) return { ...nothing, trouble: mine.unavailable };
    if (mine.token === null || !carries(mine, mine.token)) return nothing;
    const other = 'unavailable' in theirs ? null : theirs;
    const witness = await witnessFor(context, mine);
    // Where the contract promises nothing, that nobody is refused breaks no promise.
    if ('trouble' in witness) return isSilent(context) ? { ...nothing, kind: 'unasked' } : { ...nothing, ...witness };
    const token = readToken(mine.token);
    const send = (changed: string): Promise<Exchange> =>
      context.backend.send({ ...witness.request, as: withTokenAlone(mine, changed) });
    const evidence = { operation: witness.request.operation ?? '', genuine: witness.genuine, trouble: null };
    if (token === null) {
      const forged: Forged[] = [];
      for (const [how, changed] of [
        ['with one character changed', spoilt(mine.token)],
        ['cut in half', mine.token.slice(0, Math.ceil(mine.token.length / 2))],
      ] as const)
        forged.push({ how, exchange: await send(changed) });
      const impersonated =
        other === null ? null : await impersonation(context, mine, other, (made) => withToken(mine, made));
      const gone = await signedOut(context, mine, witness.request);
      return { ...evidence, kind: 'opaque', forged, guessed: null, impersonated, signedOut: gone };
    }
    const known = Object.values(context.env);
    const forged: Forged[] = [];
    const weak = weakSecrets(context.contract.title).filter((word) => !known.includes(word));
    const keyed = [...known, ...weak];
    const publicKeys = await publicKeysFor(context, token);
    for (const { how, changed } of forgeries(token, other?.token ?? null, keyed, publicKeys)) {
      if (context.signal.aborted) break;
      forged.push({ how, exchange: await send(changed) });
    }
    // What the settings give is not guessed, though another word may decode to it.
    const key = keyOf(token, known) === null ? keyOf(token, weak) : null;
    const theirClaims = other?.token === null || other === null ? null : readToken(other.token);
    const forSomebodyElse =
      key === null || theirClaims === null
        ? null
        : await send(writeToken(token.header, { ...theirClaims.claims, ...fresh(token) }, key.bytes));
    const unexpired = whyUnexpired(token, keyed);
    return {
      ...evidence,
      kind: 'jwt',
      impersonated: null,
      forged,
      signedOut: await signedOut(context, mine, witness.request),
      guessed:
        key === null
          ? null
          : { secret: key.secret, form: key.form, algorithm: String(token.header['alg']), forSomebodyElse },
      ...(unexpired === null ? {} : { unexpired }),
    };
  },
  judge: (evidence) => {
    const {
      operation,
      genuine,
      kind,
      forged,
      guessed,
      impersonated,
      signedOut: gone = null,
      unexpired,
      trouble,
    } = evidence;
    if (trouble !== null) return undecided(trouble);
    if (kind === 'unasked')
      return notApplicable(
        'the contract does not say who may ask, and nothing was found that takes whoever is signed in and refuses others',
      );
    if (kind === 'none') return notApplicable('credentials themselves are sent, and no token');
    if (genuine === null || !isGranted(genuine))
      return undecided(genuine === null ? 'nothing could be asked' : `${outcome(genuine)}${advice(genuine)}`);
    const accepted = forged.filter(({ exchange }) => isGrantedBeside(exchange, genuine));
    const findings = accepted.map(({ how, exchange }) => finding(operation, how, genuine, exchange));
    if (guessed !== null) findings.push(weakness(operation, guessed, genuine));
    if (impersonated !== null) findings.push(becoming(impersonated));
    if (gone !== null && isGrantedBeside(gone.after, gone.before)) findings.push(lasting(gone));
    const ended = gone === null ? '' : '; the one with which somebody signed out refused';
    return judged(
      distinct(findings),
      kind === 'jwt'
        ? `${count(forged.length, 'forged token')} refused, and no secret of the usual ones signs them${unexpired === undefined ? '' : `; ${whyNotExpired[unexpired]}`}${ended}`
        : `tokens are opaque; ${count(forged.length, 'changed one')} refused${ended}`,
    );
  },
};

/** Tokens that nobody signed, made from one that was given. The genuine one is untouched but for what each says. */
function forgeries(
  { header, claims, parts }: JsonWebToken,
  theirs: string | null,
  known: readonly string[],
  publicKeys: readonly string[],
): readonly { readonly how: string; readonly changed: string }[] {
  const [first, second, signature] = parts;
  const wrongKey = createHash('sha256').update(signature).digest('hex');
  const other = theirs === null ? null : readToken(theirs);
  const found = [
    { how: 'with the algorithm none and no signature', changed: writeToken({ ...header, alg: 'none' }, claims, '') },
    { how: 'with the algorithm nOnE and no signature', changed: writeToken({ ...header, alg: 'nOnE' }, claims, '') },
    { how: 'with its signature cut off', changed: `${first}.${second}.` },
    { how: 'with a changed signature', changed: `${first}.${second}.${spoilt(signature)}` },
    { how: 'signed with another key', changed: writeToken({ ...header, alg: hmacOf(header) }, claims, wrongKey) },
    { how: 'signed with an empty key', changed: writeToken({ ...header, alg: hmacOf(header) }, claims, '') },
  ];
  if (other !== null && other.parts[1] !== second)
    found.push({
      how: 'with the claims of somebody else and its own signature',
      changed: `${first}.${other.parts[1]}.${signature}`,
    });
  for (const text of publicKeys)
    found.push({
      how: 'signed with HS256 and the public key for its secret',
      changed: writeToken({ ...header, alg: 'HS256' }, claims, text),
    });
  // Only whoever knows the key can make a token that is expired and otherwise right: the challenge or the settings give it to the backend.
  const key = keyOf({ header, claims, parts }, known);
  if (key !== null && claims['exp'] !== undefined) {
    const past = {
      ...claims,
      iat: longAgo - 3600,
      ...(claims['nbf'] === undefined ? {} : { nbf: longAgo - 3600 }),
      exp: longAgo,
    };
    found.push({ how: expired, changed: writeToken(header, past, key.bytes) });
  }
  return found;
}

function whyUnexpired(token: JsonWebToken, known: readonly string[]): keyof typeof whyNotExpired | null {
  if (token.claims['exp'] === undefined) return 'no expiry';
  if (isKeyPair(token)) return 'private key';
  return keyOf(token, known) === null ? 'unknown key' : null;
}

function hmacOf(header: JsonObject): string {
  const algorithm = String(header['alg']);
  return algorithm.startsWith('HS') ? algorithm : 'HS256';
}

/** The times of a token that was just given. */
function fresh({ claims }: JsonWebToken): JsonObject {
  return Object.fromEntries(
    ['iat', 'nbf', 'exp'].flatMap((name) => (claims[name] === undefined ? [] : [[name, claims[name]]])),
  );
}

function finding(operation: string, how: string, genuine: Exchange, exchange: Exchange): FindingDraft {
  return {
    key: how,
    title: `${outcome(exchange)} to a token ${how}`,
    detail:
      'Whoever can make a token that is taken is whoever they like, an administrator too: nothing behind the login is protected. The token was made from one that the backend gave, changed as said.',
    fix: 'Verify tokens with a library, with the one algorithm that you sign with named in the call (never the one that the token names), and refuse what does not verify or is past its `exp` with 401. Reading the claims (decode) verifies nothing.',
    operation,
    ...(how === expired ? { severity: 'high' as const, names: { cwe: 'CWE-613' } } : {}),
    evidence: [
      { kind: 'exchange', exchange: genuine, note: 'with the token as it was given' },
      { kind: 'exchange', exchange, note: `with a token ${how}` },
    ],
  };
}

function weakness(operation: string, guessed: NonNullable<Evidence['guessed']>, genuine: Exchange): FindingDraft {
  const { secret, form, algorithm, forSomebodyElse } = guessed;
  const used = forSomebodyElse !== null && isGranted(forSomebodyElse);
  return {
    key: 'weak secret',
    title: `Tokens are signed with a secret that anybody would try: ${JSON.stringify(secret)}`,
    detail: `The signature (${algorithm}) of a token that the backend gave verifies with the secret ${JSON.stringify(secret)}${form === 'text' ? '' : `, decoded from ${form}`}, one of a short list that is tried without asking the backend anything. ${used ? 'With it, a token for somebody else was made here, and the backend took it.' : 'With it anybody makes tokens for whomever they like.'} If the secret stands in the code for development only, a deployment that forgets the variable runs with it.`,
    fix: 'Take the secret from the environment, at least 32 random bytes, and refuse to start without it. For a run of Assay, set it under `env` in assay.yaml.',
    operation,
    names: { cwe: 'CWE-1391' },
    evidence: [
      { kind: 'value', label: 'the secret that verifies the signature', expected: 'unknown', actual: secret },
      { kind: 'exchange', exchange: genuine, note: 'with the token as it was given' },
      ...(used
        ? [{ kind: 'exchange' as const, exchange: forSomebodyElse, note: 'with a token made here for somebody else' }]
        : []),
    ],
  };
}

function becoming({ how, own, theirs, forged }: Impersonation): FindingDraft {
  return {
    key: 'made from an id',
    title: `${outcome(forged)} with what is somebody else’s to a token that was made here, by writing their ${how.replace(/^the /, '')} in place of one’s own`,
    detail:
      'The token says whose it is, and nothing in it proves that the backend gave it: it is not signed, or with a secret that anybody would try. Ids and names of other people are told in many places, or can be counted up: whoever has one account has all of them.',
    fix: 'Give a token of at least 128 random bits and keep its hash with the account, or sign what the token says (a JSON Web Token, a signed cookie) with a secret of at least 32 random bytes from the environment, and verify the signature on every request.',
    evidence: [
      { kind: 'exchange', exchange: own, note: 'with one’s own token' },
      { kind: 'exchange', exchange: theirs, note: 'as the other person' },
      { kind: 'exchange', exchange: forged, note: 'with the token that was made' },
    ],
    ...(forged.operation === null ? {} : { operation: forged.operation }),
    names: { cwe: 'CWE-290' },
  };
}

function lasting({ anonymous, before, out, after, isPromised = true }: SignedOut): FindingDraft {
  return {
    key: 'signed out',
    title: `${outcome(after)} to a token with which ${requestLine(out)} had signed out`,
    detail:
      'Signing out was answered with success, and the token still opens what it opened before. Whoever signs out does so because somebody else may have the token: on a machine that others use, or after it was stolen.',
    fix: 'Delete the session (or mark the token as revoked) where every request looks for it, and drop it from caches when somebody signs out.',
    severity: isPromised ? 'high' : 'medium',
    names: { cwe: 'CWE-613' },
    evidence: [
      { kind: 'exchange', exchange: before, note: 'before, with the token' },
      { kind: 'exchange', exchange: anonymous, note: 'signing out without a token' },
      { kind: 'exchange', exchange: out, note: 'signing out with it' },
      { kind: 'exchange', exchange: after, note: 'the same request as before, with the same token' },
    ],
    ...(out.operation === null ? {} : { operation: out.operation }),
  };
}
