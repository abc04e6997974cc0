import {
  type Check,
  encodeRequest,
  type Exchange,
  type FindingDraft,
  type Identity,
  type Json,
  type ProbeContext,
  type RequestCase,
  type Statement,
  valueAt,
} from '@assay/contract';
import { advice, isUnheard } from '../kit/answers/turned-away.ts';
import { type AccountMaker, accountMakers } from '../kit/identity/account-makers.ts';
import { asksForSomebody } from '../kit/identity/asks-for-somebody.ts';
import { type ChangedPassword, changedPasswords } from '../kit/identity/changed-passwords.ts';
import { choicesFor } from '../kit/identity/credentials-request.ts';
import { storedForm, type StoredPassword, watched, writesSince } from '../kit/identity/password-writes.ts';
import { saltedHash } from '../kit/identity/salted-hash.ts';
import { sameForBoth, type SignedUp } from '../kit/identity/same-for-both.ts';
import { signsUp, signUpAgain, signUpOf } from '../kit/identity/sign-up-again.ts';
import { formsOf, type StoredForm, writtenValues } from '../kit/identity/stored-passwords.ts';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { Planter } from '../kit/payloads/plant.ts';
import { sentWith } from '../kit/payloads/sent-with.ts';
import { isValidBody } from '../kit/requests/json-body.ts';
import { pinned } from '../kit/requests/pin.ts';
import { count, hasFailed, isSuccess, outcome, requestLine } from '../kit/words.ts';

interface Evidence {
  readonly first: SignedUp | null;
  /** Somebody else with another password; and once more whatever that one sent, but under a new name and with the password of the first. */
  readonly other: SignedUp | null;
  readonly twin: SignedUp | null;
  /** Another such twin, where the first one's value was the same: what is picked at random is the same for two now and then. */
  readonly confirming?: SignedUp;
  /** The column in which the first one's password was found, and in which form. */
  readonly stored: StoredPassword | null;
  /** What became of passwords that people changed themselves; older recordings do not say. */
  readonly changed?: readonly ChangedPassword[];
  readonly trouble: string | null;
  /** Nobody signs up; who may gives others an account. */
  readonly given?: boolean;
  /** Why nobody could be given one. */
  readonly notGiven?: string;
}

const absent =
  'the password is in no statement and no column, nor is a fast hash of it, without a salt or with one that is written beside it';
const fix =
  'Store what a function made for passwords gives: Argon2id, scrypt or bcrypt, each with a random salt of its own (`password_hash` in PHP, `make_password` in Django, `BCryptPasswordEncoder` in Spring, `argon2` or `crypto.scrypt` in Node.js).';

/** Passwords are stored so that whoever reads the database does not learn them. The proof is on the wire and in the tables. */
export const check: Check<Evidence> = {
  id: 'security/password-storage',
  claim: 'Passwords are stored so that nobody can read them back',
  skill: 'databases',
  severity: 'critical',
  names: { cwe: 'CWE-256', owasp: 'API2:2023' },
  needs: ['wire'],
  instance: 'shared',
  applies: (contract, shape) =>
    shape.signIn?.signUp != null ||
    (shape.signIn === null && contract.operations.some(asksForSomebody)) ||
    accountMakers({ contract, shape }).length > 0
      ? applies
      : doesNotApply('the contract has no sign-up with a password'),
  probe: async (context) => {
    const [maker] = context.shape.signIn?.signUp == null ? accountMakers(context) : [];
    if (maker !== undefined && !(await signsUp(context))) return givenAccounts(context, maker);
    const first = await signedUp(context);
    if ('unavailable' in first) return { ...nothing, trouble: first.unavailable };
    if (first.told === null) return nothing;
    const other = await signedUp(context);
    // Nothing but the password ties the twin to the first: a name that both sent would be stored for both as well.
    const twinOfFirst = async (): Promise<SignedUp | null> => {
      const again = 'unavailable' in other ? null : signUpAgain(context, other.identity, first.identity.password);
      if (again === null) return null;
      const twin = await watched(context, first.identity.password, () => context.backend.send(again));
      return isSuccess(twin.exchange) ? twin : null;
    };
    const twin = await twinOfFirst();
    const others = 'unavailable' in other ? null : other.told;
    const confirming = twin !== null && sameForBoth(first.told, others, [twin]) !== null ? await twinOfFirst() : null;
    return {
      first: first.told,
      other: others,
      twin,
      ...(confirming === null ? {} : { confirming }),
      stored: await storedForm(context.backend, first.identity),
      changed: await changedPasswords(context),
      trouble: null,
    };
  },
  judge: ({ first, other, twin, confirming, stored, trouble, changed = [], given = false, notGiven }) => {
    if (trouble !== null) return undecided(trouble);
    if (notGiven !== undefined) return notApplicable(`nobody could be given an account: ${notGiven}`);
    if (first === null) return notApplicable('nobody signs up: people who have accounts are named in the settings');
    const when = given ? 'when somebody was given an account' : 'when somebody signed up';
    const whenChanged = changed.flatMap((each) => afterChange(each) ?? []);
    if (first.writes.length === 0 && stored === null && whenChanged.length === 0)
      return notApplicable(`no statement wrote anything ${when}`);
    const plain = readable(first, stored, when);
    const same = plain === null && twin !== null ? sameForBoth(first, other, [twin]) : null;
    if (same !== null && confirming === undefined && whenChanged.length === 0)
      return undecided('what is stored was the same for two with one password, and there could be no third');
    const finding =
      plain ?? (twin === null || confirming === undefined ? null : sameForBoth(first, other, [twin, confirming]));
    const basis = twin === null ? absent : `${absent}; two equal ones are stored differently`;
    // One way of storing them serves sign-ups and changes alike.
    return judged(
      finding === null ? whenChanged : [finding],
      changed.length === 0 ? basis : `${basis}; nor is one that was changed (${count(changed.length, 'operation')})`,
    );
  },
};

const nothing: Evidence = { first: null, other: null, twin: null, stored: null, trouble: null };

/** The same of accounts that somebody makes for others. */
async function givenAccounts(context: ProbeContext, { operation, password: at }: AccountMaker): Promise<Evidence> {
  const planter = new Planter(context);
  const mine = choicesFor(context.random.unique('kept')).passwords;
  const theirs = choicesFor(context.random.unique('kept')).passwords;
  const isTaken = ({ body }: RequestCase): boolean =>
    body !== undefined && isValidBody(context.contract, operation, body.value as Json);
  const withOne = (request: RequestCase, passwords: readonly string[]): RequestCase =>
    passwords.map((password) => pinned(request, `body:${at}`, password)).find(isTaken) ?? request;
  const made = async (request: RequestCase): Promise<SignedUp> => {
    const password = String(valueAt(request.body?.value as Json, at));
    return watched(context, password, () => context.backend.send(encodeRequest(operation, request)));
  };
  const mark = context.backend.wire?.mark() ?? 0;
  const tries = await sentWith(context, planter, operation, (request) => withOne(request, mine));
  const last = tries.at(-1);
  if (last === undefined) return { ...nothing, notGiven: `no request could be made for ${operation.id}` };
  if (!isSuccess(last.exchange)) {
    const told = `${outcome(last.exchange)}${advice(last.exchange)}`;
    const mayYet = context.signal.aborted || isUnheard(last.exchange) || hasFailed(last.exchange);
    return mayYet
      ? { ...nothing, trouble: `nobody could be given an account: ${told}` }
      : { ...nothing, notGiven: told };
  }
  await context.backend.wire?.idle(5, context.signal);
  const password = String(valueAt(last.request.body?.value as Json, at));
  // Any other word may stand in the statements by chance.
  if (!mine.includes(password))
    return { ...nothing, notGiven: `${operation.id} takes no password of this check's own` };
  const first = { password, exchange: last.exchange, writes: writesSince(context, mark) };
  const again = async (passwords: readonly string[]): Promise<SignedUp | null> => {
    const next = await planter.again(operation, last.request);
    const one = next === null ? null : await made(withOne(next, passwords));
    return one !== null && isSuccess(one.exchange) ? one : null;
  };
  const [other, twin] = [await again(theirs), await again(mine)];
  const confirming = twin !== null && sameForBoth(first, other, [twin]) !== null ? await again(mine) : null;
  return {
    first,
    other,
    twin,
    ...(confirming === null ? {} : { confirming }),
    stored: await storedForm(context.backend, first),
    trouble: null,
    given: true,
  };
}

async function signedUp(
  context: ProbeContext,
): Promise<{ readonly identity: Identity; readonly told: SignedUp | null } | { readonly unavailable: string }> {
  const mark = context.backend.wire?.mark() ?? 0;
  const identity = await context.identities.another(context.backend);
  if ('unavailable' in identity) return identity;
  await context.backend.wire?.idle(5, context.signal);
  const exchange = signUpOf(context, identity);
  const writes = writesSince(context, mark);
  return { identity, told: exchange === null ? null : { password: identity.password, exchange, writes } };
}

/** How whoever reads the database could read a password there, or make it again. */
function readable(told: SignedUp, stored: StoredPassword | null, when: string): FindingDraft | null {
  return onTheWire(told, when) ?? inTable(told, stored, when) ?? salted(told, when);
}

function afterChange({ operation, stored, ...told }: ChangedPassword): FindingDraft | null {
  const found = readable(told, stored, `when ${requestLine(told.exchange)} changed it`);
  return found === null ? null : { ...found, operation, key: `${found.key} changed by ${operation}` };
}

function onTheWire({ password, exchange, writes }: SignedUp, when: string): FindingDraft | null {
  for (const { form, text } of formsOf(password)) {
    const statement = writes.find((one) => writtenValues(one)?.values.some((value) => value.includes(text)) === true);
    if (statement !== undefined)
      return finding(form, `went into a statement that writes ${when}`, exchange, [statement]);
  }
  return null;
}

function inTable({ exchange, writes }: SignedUp, stored: StoredPassword | null, when: string): FindingDraft | null {
  if (stored === null) return null;
  return finding(stored.form, `stands in ${stored.column} ${when}`, exchange, writes, {
    kind: 'value',
    label: stored.column,
    expected: 'a salted, slow hash',
    actual: stored.text,
  });
}

/** The salt is beside the hash for whoever reads the table, so that it slows nobody down. */
function salted({ password, exchange, writes }: SignedUp, when: string): FindingDraft | null {
  const valuesOf = (one: Statement): readonly string[] => writtenValues(one)?.values ?? [];
  const found = saltedHash(password, writes.flatMap(valuesOf));
  if (found === null) return null;
  const hash = found.hash.toUpperCase();
  return {
    key: `salted ${found.hash}`,
    severity: 'high',
    title: `The password’s ${hash} with a salt went into a statement that writes ${when}`,
    detail: `It was made again here from the password and what was written beside it. ${hash} is made to be fast: one graphics card tries billions of passwords a second. A salt makes each account be tried by itself, and does not make that slow.`,
    fix,
    names: { cwe: 'CWE-916' },
    ...(exchange.operation === undefined ? {} : { operation: exchange.operation }),
    evidence: [
      { kind: 'exchange', exchange },
      { kind: 'statements', statements: writes.filter((one) => valuesOf(one).includes(found.value)).slice(0, 1) },
      { kind: 'value', label: 'holds the hash', expected: 'a salted, slow hash', actual: found.value },
    ],
  };
}

function finding(
  form: StoredForm['form'],
  where: string,
  exchange: Exchange,
  statements: readonly Statement[],
  ...more: FindingDraft['evidence']
): FindingDraft {
  const what = form === 'plain' ? 'The password itself' : `The password’s ${form.toUpperCase()} without any salt`;
  return {
    key: form,
    title: `${what} ${where}`,
    detail:
      form === 'plain'
        ? 'Databases are copied: into backups, logs, test systems, and by those who break in. Whoever reads this one has everybody’s password, and most people use theirs elsewhere too.'
        : `${form.toUpperCase()} is made to be fast: one graphics card tries billions of passwords a second, and without a salt one table of common passwords opens all accounts at once.`,
    fix,
    names: form === 'plain' ? {} : { cwe: 'CWE-916' },
    ...(exchange.operation === undefined ? {} : { operation: exchange.operation }),
    evidence: [
      { kind: 'exchange', exchange },
      ...(statements.length === 0 ? [] : [{ kind: 'statements' as const, statements: statements.slice(0, 3) }]),
      ...more,
    ],
  };
}
