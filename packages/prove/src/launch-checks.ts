import { type CheckResult, Fault, type Finding, type PlannedCheck } from '@assay/contract';
import type { LaunchFailure } from '@assay/engine';

/** The claims that a run makes of itself, before any check of the registry can begin. */
export const launchChecks = [
  {
    id: 'launch/starts',
    area: 'launch',
    claim: 'The backend builds, starts and answers on its port',
    skill: 'frameworks',
    severity: 'critical',
  },
  {
    id: 'launch/stays-up',
    area: 'launch',
    claim: 'The backend keeps running while it is used',
    skill: 'frameworks',
    severity: 'critical',
  },
] as const satisfies readonly PlannedCheck[];

const [starts, staysUp] = launchChecks;

/** How the key of a finding of `launch/stays-up` begins; the check follows. */
const endedIn = 'ended:';

/** @param leftOut a release command that failed and was not needed */
export function startsPassed(readyMs: number, leftOut: string | null): CheckResult {
  return {
    ...starts,
    status: 'passed',
    reason: `ready ${Math.round(readyMs)} ms after it was started${leftOut === null ? '' : `; it makes its tables itself, so ${'`'}${leftOut}${'`'}, which failed, was left out`}`,
    durationMs: Math.round(readyMs),
    findings: [],
  };
}

export function startsFailed(failure: LaunchFailure, id: string, durationMs: number): CheckResult {
  const finding: Finding = {
    id,
    key: failure.kind,
    fingerprint: `${starts.id}:${failure.kind}`,
    title: failure.message,
    detail: failure.detail,
    fix: failure.fix,
    severity: starts.severity,
    evidence: [{ kind: 'log', lines: failure.log, note: `what it printed last; the command was: ${failure.command}` }],
    replay: `assay replay ${id}`,
  };
  return {
    ...starts,
    status: 'failed',
    reason: failure.message,
    durationMs: Math.round(durationMs),
    findings: [finding],
  };
}

/** One end of the backend that nobody asked for. */
export interface UnexpectedEnd {
  readonly check: string;
  readonly how: string;
  readonly log: readonly string[];
  /** The request lines of the last exchanges before it. */
  readonly last: readonly string[];
}

/** One finding for each check that it ended in: that check alone can show it again. */
export function staysUpResult(
  ends: readonly UnexpectedEnd[],
  known: ReadonlySet<string>,
  nextFinding: () => string,
): CheckResult {
  if (ends.length === 0)
    return { ...staysUp, status: 'passed', reason: 'it never ended by itself', durationMs: 0, findings: [] };
  return {
    ...staysUp,
    status: 'failed',
    reason: `it ended ${ends.length === 1 ? 'once' : `${ends.length} times`}`,
    durationMs: 0,
    findings: [...Map.groupBy(ends, ({ check }) => check)].map(([check, during]) =>
      endedFinding(check, during, known, nextFinding()),
    ),
  };
}

function endedFinding(
  check: string,
  during: readonly UnexpectedEnd[],
  known: ReadonlySet<string>,
  id: string,
): Finding {
  const [first] = during;
  const key = `${endedIn}${check}`;
  const fingerprint = `${staysUp.id}:${key}`;
  return {
    id,
    key,
    fingerprint,
    title: `The backend ended by itself (${first?.how}) during ${check}${during.length > 1 ? `, and ${during.length === 2 ? 'once' : `${during.length - 1} times`} more` : ''}`,
    detail: `A server must outlive every request. The last requests before its end were:\n\n${(first?.last ?? []).join('\n')}`,
    fix: 'Handle the error that the log shows at the place where it arises, so that one request can fail without the process.',
    severity: staysUp.severity,
    evidence: [{ kind: 'log', lines: first?.log ?? [], note: 'what it printed last' }],
    ...(known.has(fingerprint) ? { known: true } : {}),
    replay: `assay replay ${id}`,
  };
}

/** The check that shows a start, which cannot be asked for by itself: it succeeds or it does not, whatever is asked then. */
const asksLittle = 'contract/no-server-error';

/** What to run to see a finding of a check again. Throws the fault `unknown-finding` for one that an older Assay wrote. */
export function checkToReplay(check: string, { id, key }: Pick<Finding, 'id' | 'key'>): string {
  if (check === starts.id) return asksLittle;
  if (check !== staysUp.id) return check;
  if (!key.startsWith(endedIn))
    throw new Fault('unknown-finding', `${id} does not say in which check the backend ended.`, 'Judge it once more.');
  const during = key.slice(endedIn.length);
  return launchChecks.some(({ id: launch }) => launch === during) ? asksLittle : during;
}
