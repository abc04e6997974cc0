import type { Exchange, FindingDraft, Identity, ProbeContext } from '@assay/contract';
import { isGranted } from '../answers/granted.ts';
import { Planter } from '../payloads/plant.ts';
import { count, outcome, requestLine, status } from '../words.ts';
import { type Difference, difference, type Pair } from './answers-apart.ts';
import {
  askForReset,
  isTakenOver,
  knownAs,
  resetBy,
  type ResetByStranger,
  type ResetOperation,
  resetOperations,
  unlike,
} from './password-reset.ts';

/** What the ways back in told to whoever asked. */
export interface ResetEvidence {
  /** Requests for another password, by operation. */
  readonly asked: readonly { readonly operation: string; readonly pairs: readonly Pair[] }[];
  readonly taken: readonly ResetByStranger[];
}

/** How many pairs are compared by what they say. */
const compared = 4;

/**
 * Asks for another password, for accounts that there are and names that nobody has, in turns; and sets one with what the answers told, or with nothing where
 * nothing more is asked for.
 */
export async function tryResets(context: ProbeContext, accounts: readonly Identity[]): Promise<ResetEvidence> {
  const planter = new Planter(context);
  const operations = resetOperations(context.contract);
  const asking = operations.filter(({ passwords, token }) => passwords.length === 0 && token === null);
  const setting = operations.filter(({ passwords }) => passwords.length > 0);
  const asked: { readonly operation: string; readonly pairs: readonly Pair[] }[] = [];
  for (const operation of asking)
    asked.push({ operation: operation.operation.id, pairs: await pairsOf(context, planter, operation, accounts) });
  const taken: ResetByStranger[] = [];
  for (const operation of setting) {
    // Without a token there is nothing to be told: whoever knows the address could set the password.
    const ways = operation.token === null ? [null] : asking;
    for (const way of ways) {
      // Somebody whose password nobody guessed at before.
      const owner = await context.identities.another(context.backend);
      if ('unavailable' in owner || context.signal.aborted) break;
      const told = way === null ? null : await ask(context, planter, way, owner, (name) => name);
      if (way !== null && told === null) continue;
      const found = await resetBy(context, planter, operation, owner, told);
      if (found !== null) taken.push(found);
    }
  }
  return { asked, taken };
}

async function pairsOf(
  context: ProbeContext,
  planter: Planter,
  operation: ResetOperation,
  accounts: readonly Identity[],
): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let number = 0; number < compared && !context.signal.aborted; number += 1) {
    const someone = accounts[number % Math.max(1, accounts.length)];
    if (someone === undefined) break;
    const exchanges: Partial<Record<keyof Pair, Exchange>> = {};
    for (const which of number % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
      const exchange = await ask(context, planter, operation, someone, which === 'known' ? (name) => name : unlike);
      if (exchange !== null) exchanges[which] = exchange;
    }
    const { known, unknown } = exchanges;
    if (known === undefined || unknown === undefined) break;
    pairs.push({ known, unknown });
    if (!isHeard({ known, unknown })) break;
  }
  return pairs;
}

async function ask(
  context: ProbeContext,
  planter: Planter,
  operation: ResetOperation,
  someone: Identity,
  change: (name: string) => string | null,
): Promise<Exchange | null> {
  const { account } = operation;
  const name = account === null ? null : knownAs(context, account, someone);
  const changed = name === null ? null : change(name);
  return account === null || changed === null ? null : askForReset(context, planter, operation, account, changed);
}

/** Whether an account was taken for one: what fails for those, as where no mail can be sent, tells nothing of how it is answered elsewhere. */
function isHeard({ known, unknown }: Pair): boolean {
  const code = status(unknown) ?? 0;
  return isGranted(known) && code >= 200 && code < 500 && ![401, 403, 405, 415, 423, 429].includes(code);
}

/** The findings, and what a pass rests on besides. */
export function judgedReset(evidence: ResetEvidence | undefined): {
  readonly findings: readonly FindingDraft[];
  readonly basis: string;
} {
  const { asked = [], taken = [] } = evidence ?? {};
  const heard = asked
    .map(({ operation, pairs }) => ({ operation, pairs: pairs.filter(isHeard) }))
    .filter(({ pairs }) => pairs.length === compared);
  return {
    findings: [
      ...heard.flatMap(({ operation, pairs }) => {
        const said = difference(pairs);
        return said === null ? [] : [telling(operation, said, pairs)];
      }),
      ...taken.filter(isTakenOver).map(takenOver),
    ],
    basis:
      heard.length === 0
        ? ''
        : `; so do ${count(
            heard.reduce((sum, { pairs }) => sum + pairs.length, 0),
            'pair',
          )} of requests for another password`,
  };
}

function telling(operation: string, { what, known, unknown }: Difference, [pair]: readonly Pair[]): FindingDraft {
  const line = pair === undefined ? operation : requestLine(pair.known);
  return {
    key: `${operation} ${what}`,
    title: `${line} tells by ${what} whether there is such an account: ${known.slice(0, 80)} for one that there is, ${unknown.slice(0, 80)} for nobody`,
    detail:
      'Whoever has a list of addresses learns which of them have an account here: to guess their passwords, or because having one is a secret in itself. A login that tells nothing is of no use when the way back in does.',
    fix: 'Answer every address in the same words with the same status, such as 202 and “if there is such an account, a mail is on its way”, and send the mail afterwards, in the background.',
    operation,
    evidence:
      pair === undefined
        ? []
        : [
            { kind: 'exchange', exchange: pair.known, note: 'for somebody who has an account' },
            { kind: 'exchange', exchange: pair.unknown, note: 'for nobody' },
          ],
  };
}

function takenOver({ told, exchange, signedIn, turnedAway }: ResetByStranger): FindingDraft {
  return {
    key: `${exchange.operation ?? exchange.request.target} taken over`,
    title: `${outcome(exchange)} to somebody who ${told === null ? 'knew no more than the name of the account' : 'had the token from the answer to the request for it'}, and set its password`,
    detail: `Nobody was signed in. ${told === null ? 'The request named the account and a new password, and nothing that only its owner has' : 'Another password was asked for in the name of an account, and the answer held what sets it'}. The new password lets in and the owner’s own does not any more: whoever knows an address can have the account.${told === null ? '' : ' If the token stands in the answer for development only, a deployment that forgets the setting runs like that.'}`,
    fix: 'Send a random token that is good for once and for minutes to the address of the account, and to nobody else; keep its hash, and set a password only with it.',
    severity: 'critical',
    names: { cwe: 'CWE-640' },
    ...(exchange.operation === undefined ? {} : { operation: exchange.operation }),
    evidence: [
      ...(told === null
        ? []
        : [{ kind: 'exchange' as const, exchange: told, note: 'asking for another password, as nobody' }]),
      { kind: 'exchange', exchange, note: 'setting it, as nobody' },
      { kind: 'exchange', exchange: signedIn, note: 'signing in as the owner with it' },
      { kind: 'exchange', exchange: turnedAway, note: 'the owner’s own password' },
    ],
  };
}
