import type { Exchange, FindingDraft, Statement } from '@assay/contract';
import { mayBeDigest } from './stored-digest.ts';
import { writtenValues } from './stored-passwords.ts';

/** A sign-up, and the statements that wrote meanwhile. */
export interface SignedUp {
  readonly password: string;
  readonly exchange: Exchange;
  readonly writes: readonly Statement[];
}

/** A value that is the same for all with one password, and another for another: it comes from the password alone. */
export function sameForBoth(first: SignedUp, other: SignedUp | null, twins: readonly SignedUp[]): FindingDraft | null {
  const [twin] = twins;
  if (other === null || twin === undefined) return null;
  for (const statement of first.writes) {
    const mine = writtenValues(statement);
    const alike = (signedUp: SignedUp) =>
      signedUp.writes
        .map((one) => ({ one, written: writtenValues(one) }))
        .find(({ written }) => written?.template === mine?.template);
    const [theirs, same] = [alike(other), twins.map(alike)];
    const at = (mine?.values ?? []).findIndex(
      (value, index) =>
        value.length >= 16 &&
        mine !== null &&
        mayBeDigest(mine, index) &&
        same.every((one) => one?.written?.values[index] === value) &&
        theirs?.written !== undefined &&
        theirs.written?.values[index] !== value,
    );
    if (at < 0) continue;
    return {
      key: 'same for both',
      title: 'Two people with the same password have the same stored value',
      detail:
        'What is stored depends on the password alone: there is no salt, or one for everybody. Whoever reads the table sees who shares a password, and cracks one for all of them.',
      fix: 'Let the function for passwords make a random salt for each (Argon2id, scrypt and bcrypt do so by themselves); never give it a fixed one.',
      names: { cwe: 'CWE-759' },
      ...(first.exchange.operation === undefined ? {} : { operation: first.exchange.operation }),
      evidence: [
        { kind: 'exchange', exchange: first.exchange },
        { kind: 'exchange', exchange: twin.exchange, note: 'somebody else, the same password' },
        { kind: 'statements', statements: [statement, ...same.flatMap((one) => one?.one ?? [])] },
        { kind: 'value', label: 'stored for both', expected: 'another value for each', actual: mine?.values[at] ?? '' },
      ],
    };
  }
  return null;
}
