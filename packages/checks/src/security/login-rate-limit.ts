import { type Check, type Contract, type ContractShape, type Exchange, type Operation } from '@assay/contract';
import { isGranted } from '../kit/answers/granted.ts';
import { remainingOf } from '../kit/answers/turned-away.ts';
import { loginWith } from '../kit/identity/login-with.ts';
import { wrongPassword } from '../kit/identity/wrong-password.ts';
import { applies, doesNotApply, judged, undecided } from '../kit/judgement.ts';
import { count, hasFailed, isSuccess, outcome, status } from '../kit/words.ts';

/** How many wrong passwords somebody may try before it is a fact that nobody counts. Lists of the most common ones begin to pay at about that number. */
const guesses = 100;

interface Evidence {
  readonly operation: string;
  /** How many wrong passwords were looked at before the end. */
  readonly heard: number;
  readonly first: Exchange | null;
  /** The one that was refused for how many there were before it; null when none was. */
  readonly stopped: Exchange | null;
  readonly last: Exchange | null;
  /** The login with the right password, after all of them. */
  readonly right?: Exchange;
  readonly trouble: string | null;
}

/**
 * Where the contract has 429 for the login, guessing is stopped. It tries one person's account, and stops as soon as it is stopped itself.
 */
export const check: Check<Evidence> = {
  id: 'security/login-rate-limit',
  claim: 'Guessing a password is stopped after a few attempts',
  skill: 'apis',
  severity: 'medium',
  names: { cwe: 'CWE-307', owasp: 'API2:2023' },
  needs: [],
  // Whoever counts by address would lock the other checks out.
  instance: 'own',
  applies: (contract, shape) => {
    const login = loginOf(contract, shape);
    if (login === undefined) return doesNotApply('the contract has no login');
    return login.responses.some(({ status: declared }) => declared === '429')
      ? applies
      : doesNotApply(`the contract promises no limit: ${login.id} has no 429`);
  },
  probe: async (context) => {
    const login = loginOf(context.contract, context.shape);
    const nothing: Evidence = {
      operation: login?.id ?? '',
      heard: 0,
      first: null,
      stopped: null,
      last: null,
      trouble: null,
    };
    const someone = await context.identities.another(context.backend);
    if ('unavailable' in someone) return { ...nothing, trouble: someone.unavailable };
    let evidence = nothing;
    for (let attempt = 0; attempt < guesses && !context.signal.aborted; attempt += 1) {
      const request = wrongPassword(context, someone, someone.login);
      if (request === null) return { ...nothing, trouble: 'how somebody logged in cannot be told' };
      const exchange = await context.backend.send(request);
      if (isStop(exchange)) return { ...evidence, stopped: exchange };
      evidence = { ...evidence, heard: evidence.heard + 1, first: evidence.first ?? exchange, last: exchange };
      if (exchange.response === undefined || isSuccess(exchange)) break;
    }
    const own = evidence.heard < guesses ? null : loginWith(context, someone, someone.password);
    return own === null ? evidence : { ...evidence, right: await context.backend.send({ ...own, as: null }) };
  },
  judge: ({ operation, heard, first, stopped, last, right, trouble }) => {
    if (trouble !== null) return undecided(trouble);
    if (stopped !== null) return judged([], `${outcome(stopped)} after ${count(heard, 'wrong password')}`);
    if (first === null || last === null) return undecided('nothing could be tried');
    if (heard < guesses)
      return undecided(`${outcome(last)} after ${count(heard, 'wrong password')}, and it went no further`);
    // Some lock the account, and answer to whoever guesses as ever.
    if (right !== undefined && !isGranted(right)) {
      const told = `${outcome(right)} to the right password after ${count(heard, 'wrong one')}`;
      return hasFailed(right) ? undecided(told) : judged([], `${told}: the account is locked`);
    }
    const limit = limitIn(first, last);
    if (limit !== null)
      return undecided(`${limit}, which ${count(heard, 'wrong password')} did not use up: the limit may be higher`);
    return judged(
      [
        {
          key: operation,
          title: `${count(heard, 'wrong password')} for one person were looked at, one after the other; the contract has 429`,
          detail: `None of ${heard} guesses was refused for how many there had been. The last one was answered as the first: ${outcome(last)}. At that rate the most common passwords are through in no time, for one account or for all.`,
          fix: 'Count failed attempts for each account (and each address) where all processes see the count, such as the database; after about ten, answer 429 with Retry-After for some minutes. Clear the count with a login that succeeds.',
          operation,
          evidence: [
            { kind: 'exchange', exchange: first, note: 'the first guess' },
            { kind: 'exchange', exchange: last, note: `guess ${heard}` },
            ...(right === undefined
              ? []
              : [{ kind: 'exchange' as const, exchange: right, note: 'the right password, which still lets them in' }]),
          ],
        },
      ],
      '',
    );
  },
};

function loginOf(contract: Contract, shape: ContractShape): Operation | undefined {
  return contract.operations.find(({ id }) => id === shape.signIn?.login?.operation);
}

/** 429 as the contract has it, or an account that is locked. */
function isStop(exchange: Exchange): boolean {
  return [423, 429].includes(status(exchange) ?? 0);
}

/** What the answers say of a limit that is being used up; null when they say nothing of any. */
function limitIn(first: Exchange, last: Exchange): string | null {
  const [before, after] = [remainingOf(first), remainingOf(last)];
  if (before === null || after === null || after.left >= before.left) return null;
  return `${after.field} fell from ${before.left} to ${after.left}`;
}
