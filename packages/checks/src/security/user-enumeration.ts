import { type Check, type Exchange, type FindingDraft, type Identity, type ProbeContext } from '@assay/contract';
import { type Difference, difference, type Pair } from '../kit/identity/answers-apart.ts';
import { letsIn } from '../kit/identity/lets-in.ts';
import { judgedReset, type ResetEvidence, tryResets } from '../kit/identity/reset-trial.ts';
import { wrongPassword } from '../kit/identity/wrong-password.ts';
import { applies, doesNotApply, judged, undecided } from '../kit/judgement.ts';
import { median, signTest } from '../kit/payloads/sign-test.ts';
import { count, outcome, requestLine, status } from '../kit/words.ts';

/** Pairs in which the one was always asked first. */
interface Series {
  readonly first: 'known' | 'unknown';
  /** Times in milliseconds. */
  readonly times: readonly { readonly known: number; readonly unknown: number }[];
}

interface Evidence {
  /** Compared by what they say. */
  readonly pairs: readonly Pair[];
  /** Compared by how long they take; a series ends as soon as it can no longer show a difference. */
  readonly series: readonly Series[];
  /** What asking for another password told; older recordings have none. */
  readonly reset?: ResetEvidence;
  readonly trouble: string | null;
}

/** How many pairs are compared by what they say. */
const compared = 4;
/** How many pairs a series has: with at most one of them the other way, chance does that less than once in a million times. */
const seriesLength = 28;
const mostMisses = 1;
const certainty = 1e-6;
/** A difference below that is nothing that can be told over a network. Milliseconds. */
const leastDifference = 5;
/** No account gets more wrong passwords than this, lest it be locked. */
const perAccount = 7;

/**
 * A login that fails tells nothing of whether there is such an account: neither in what it says nor in how long it takes. Nor does the way back in for who
 * forgot their password, which is open to its owner alone.
 */
export const check: Check<Evidence> = {
  id: 'security/user-enumeration',
  claim: 'A failed login or a password reset gives nothing of an account away',
  skill: 'apis',
  severity: 'medium',
  names: { cwe: 'CWE-204', owasp: 'API2:2023' },
  needs: [],
  instance: 'own',
  alone: true,
  applies: (_contract, shape) =>
    (shape.signIn?.login ?? null) === null ? doesNotApply('the contract has no login') : applies,
  probe: async (context) => {
    const accounts: Identity[] = [];
    for (
      let number = 0;
      number < Math.ceil((compared + 2 * seriesLength) / perAccount) && !context.signal.aborted;
      number += 1
    ) {
      const someone = await context.identities.another(context.backend);
      if ('unavailable' in someone) {
        if (accounts.length === 0) return { pairs: [], series: [], trouble: someone.unavailable };
        break;
      }
      accounts.push(someone);
    }
    const names = new Map(accounts.map((someone) => [someone, strangerLike(context, someone)]));
    let turn = 0;
    const next = async (first: 'known' | 'unknown'): Promise<Pair | null> => {
      const someone = accounts[turn % Math.max(1, accounts.length)];
      turn += 1;
      if (someone === undefined || turn > accounts.length * perAccount) return null;
      const known = wrongPassword(context, someone, someone.login);
      const unknown = wrongPassword(context, someone, names.get(someone) ?? '');
      if (known === null || unknown === null) return null;
      const ask = async (request: typeof known): Promise<Exchange> => context.backend.send(request);
      if (first === 'known') return { known: await ask(known), unknown: await ask(unknown) };
      const unknownFirst = await ask(unknown);
      return { known: await ask(known), unknown: unknownFirst };
    };
    const pairs: Pair[] = [];
    for (let number = 0; number < compared && !context.signal.aborted; number += 1) {
      const pair = await next(number % 2 === 0 ? 'known' : 'unknown');
      if (pair !== null) pairs.push(pair);
    }
    if (pairs.length < compared)
      return { pairs: [], series: [], trouble: 'how somebody logged in cannot be told, or there was no time' };
    // What differs in its words is told already; the time adds nothing.
    const series = difference(pairs) === null && pairs.every(isHeard) ? await timed(context, next) : [];
    return { pairs, series, reset: await tryResets(context, accounts), trouble: null };
  },
  judge: ({ pairs, series, reset, trouble }) => {
    const [pair] = pairs;
    if (trouble !== null || pair === undefined) return undecided(trouble ?? 'nothing could be tried');
    const heard = pairs.filter(isHeard);
    const { findings: resets, basis: more } = judgedReset(reset);
    if (heard.length === 0 && resets.length === 0)
      return undecided(`${outcome(pair.known)}, which is no answer to a wrong password`);
    // A single pair, or only pairs in which the same one was asked first, may differ by what is left of some number of attempts.
    const isTold = [0, 1].every((order) => pairs.some((one, at) => at % 2 === order && isHeard(one)));
    if (!isTold && resets.length === 0)
      return undecided('too few failed logins were answered as such to compare what they say');
    const said = isTold ? difference(heard) : null;
    const slower = said === null ? timeDifference(series) : null;
    const basis = `${count(heard.length, 'pair')} of failed logins say the same${series.length > 0 ? ', and neither kind takes longer for certain' : ''}${more}`;
    return judged(
      [
        ...(said === null ? [] : [telling(said, heard)]),
        ...(slower === null ? [] : [lasting(slower, pair, series)]),
        ...resets,
      ],
      basis,
    );
  },
};

/** Both series, each ended as soon as it cannot show anything any more. */
async function timed(
  context: ProbeContext,
  next: (first: 'known' | 'unknown') => Promise<Pair | null>,
): Promise<readonly Series[]> {
  const all: Series[] = [];
  for (const first of ['known', 'unknown'] as const) {
    const times: { known: number; unknown: number }[] = [];
    while (times.length < seriesLength && !context.signal.aborted && couldDiffer(times)) {
      const pair = await next(first);
      if (pair === null || !isHeard(pair)) break;
      times.push({ known: pair.known.durationMs, unknown: pair.unknown.durationMs });
    }
    all.push({ first, times });
    if (times.length < seriesLength) break;
  }
  return all;
}

function couldDiffer(times: Series['times']): boolean {
  const longer = times.filter(({ known, unknown }) => known > unknown).length;
  return Math.min(longer, times.length - longer) <= mostMisses;
}

/** A name that nobody has, as long and of the same form. */
function strangerLike(context: ProbeContext, { login }: Identity): string {
  const [word = '', domain] = login.split('@');
  const digitsOnly = /^\+?\d+$/.test(word);
  const other = digitsOnly
    ? word.replaceAll(/\d/g, (digit, at: number) => (at < 3 ? digit : String(9 - Number(digit))))
    : context.random.unique('n').padStart(word.length, 'n').slice(-Math.max(word.length, 6));
  return domain === undefined ? other : `${other}@${domain}`;
}

/** Whether both were answered as failed logins, and not for how many there were. */
function isHeard({ known, unknown }: Pair): boolean {
  return [known, unknown].every((exchange) => {
    const code = status(exchange);
    if (code !== null && code >= 200 && code < 300) return !letsIn(exchange);
    return code !== null && code >= 400 && code < 500 && code !== 429 && code !== 423;
  });
}

interface Slower {
  readonly which: 'known' | 'unknown';
  readonly byMs: number;
}

/** Only when one kind takes longer in both series, clearly, and more often than chance allows. */
function timeDifference(series: readonly Series[]): Slower | null {
  if (series.length < 2 || series.some(({ times }) => times.length < seriesLength)) return null;
  for (const which of ['known', 'unknown'] as const) {
    const differences = series.map(({ times }) =>
      times.map(({ known, unknown }) => (which === 'known' ? known - unknown : unknown - known)),
    );
    const clear = differences.every(
      (all) => signTest(all.filter((one) => one > 0).length, all.length) < certainty && median(all) >= leastDifference,
    );
    if (clear) return { which, byMs: Math.min(...differences.map(median)) };
  }
  return null;
}

const fix =
  'Answer both in the same words with the same status, 401. Compare the password with a fixed hash when there is no such account, so that both take the same time.';

function telling({ what, known, unknown }: Difference, [pair]: readonly Pair[]): FindingDraft {
  const exchanges = pair === undefined ? [] : [pair.known, pair.unknown];
  const line = pair === undefined ? 'The login' : requestLine(pair.known);
  return {
    key: what,
    title: `${line} tells by ${what} whether there is such an account: ${known.slice(0, 80)} for a wrong password, ${unknown.slice(0, 80)} for nobody`,
    detail:
      'Whoever has a list of addresses learns which of them have an account here: to guess their passwords, or because having one is a secret in itself.',
    fix,
    ...(pair?.known.operation === undefined ? {} : { operation: pair.known.operation }),
    evidence: exchanges.map((exchange, index) => ({
      kind: 'exchange' as const,
      exchange,
      note: index === 0 ? 'a wrong password for somebody who has an account' : 'for nobody',
    })),
  };
}

function lasting({ which, byMs }: Slower, { known, unknown }: Pair, series: readonly Series[]): FindingDraft {
  const pairs = series.reduce((sum, { times }) => sum + times.length, 0);
  return {
    key: 'time',
    title: `${requestLine(known)} tells by its time whether there is such an account: it takes longer for ${which === 'known' ? 'somebody who has one' : 'nobody'}`,
    detail: `Of ${pairs} pairs of failed logins, one for an account and one for none, asked in turns and in both orders, the one took longer in all but ${2 * mostMisses} at most: by ${Math.round(byMs)} ms or more in half of them. By chance that happens less than once in a million times, twice over. Usually the password is only hashed where there is an account.`,
    fix,
    names: { cwe: 'CWE-208' },
    severity: 'low',
    ...(known.operation === undefined ? {} : { operation: known.operation }),
    evidence: [
      { kind: 'exchange', exchange: known, note: 'a wrong password for somebody who has an account' },
      { kind: 'exchange', exchange: unknown, note: 'for nobody' },
      {
        kind: 'value',
        label: 'median times in milliseconds, for an account and for none',
        actual: series.map(({ times }) => [
          Math.round(median(times.map((one) => one.known))),
          Math.round(median(times.map((one) => one.unknown))),
        ]),
      },
    ],
  };
}
