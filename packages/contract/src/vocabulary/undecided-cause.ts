import type { CheckResult } from './report.ts';

/** Undecided checks that one thing keeps from judging. */
export interface SharedCause {
  /** In a few words, the same for all: `POST /users answered 500`. */
  readonly cause: string;
  /** The reason that says most. */
  readonly reason: string;
  readonly checks: readonly string[];
}

/** Fewer checks are told one by one. */
const fewest = 3;

/** What a check could not judge for: the answer that its reason comes down to, else the reason as it stands. */
export function causeOf(reason: string): string {
  const answers = [...reason.matchAll(/[A-Z]+ \/\S* answered (\d{3})/g)];
  const last = answers.at(-1);
  if (last === undefined) return reason;
  // Who is not let in, or asks too often, is told so everywhere.
  const [told, status = ''] = last;
  return ['401', '429'].includes(status) ? `requests were answered ${status}` : told;
}

/** The causes for which three checks or more are undecided, the widest first. */
export function sharedCauses(checks: readonly CheckResult[]): readonly SharedCause[] {
  const undecided = checks.filter(({ status, reason }) => status === 'undecided' && reason !== '');
  return [...Map.groupBy(undecided, ({ reason }) => causeOf(reason))]
    .filter(([, same]) => same.length >= fewest)
    .map(([cause, same]) => ({
      cause,
      reason: same.map(({ reason }) => reason).reduce((one, other) => (other.length > one.length ? other : one)),
      checks: same.map(({ id }) => id),
    }))
    .toSorted((a, b) => b.checks.length - a.checks.length);
}
