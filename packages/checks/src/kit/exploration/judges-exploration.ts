import {
  type Applicability,
  type Contract,
  type Exchange,
  type FindingDraft,
  type Judgement,
  type Operation,
  type ProbeContext,
} from '@assay/contract';
import { advice, isTurnedAway, isUnheard } from '../answers/turned-away.ts';
import { applies, atMost, distinct, doesNotApply, judged, toldOnce, undecided } from '../judgement.ts';
import { operationOf } from '../requests/cases.ts';
import { count, list, status } from '../words.ts';
import { exploration, type Exploration, type Probe } from './explore.ts';
import { notAsked } from './not-asked.ts';

/** The exchanges of the exploration on which a check bites, and how many it looked at. */
export interface Explored {
  readonly suspects: readonly Probe[];
  readonly looked: number;
  readonly operations: number;
  /** How many of them were not turned away for who asks. */
  readonly admitted?: number;
  /** Operations of which nothing could be judged, since every request to them was turned away, with the last of these. */
  readonly closed: readonly { readonly operation: string; readonly exchange: Exchange }[];
  /** Operations to which no request was sent at all. */
  readonly skipped: Exploration['skipped'];
}

/** One thing wrong with one exchange. `key` tells it apart from other things wrong with the same operation. */
export interface Complaint {
  readonly key: string;
  /** What may be the same at many operations and is then told once, beside the key. */
  readonly cause?: string | null;
  /** What three operations or more have in common that show the same, each in its first finding of that key: it is then told once. */
  readonly alike?: string | null;
  readonly title: string;
  readonly detail: string;
  readonly fix: string;
  readonly severity?: FindingDraft['severity'];
  readonly wfc?: string;
}

/** How many findings of one check an operation gets; more of them would bury the others. */
const perOperation = 5;

/** What a check of the area `contract` says about one exchange of the exploration. Pure. */
export type Complain = (probe: Probe, operation: Operation, contract: Contract) => readonly Complaint[];

export interface JudgesExplorationOptions {
  /** It judges how a request is understood: an operation that turns away every valid one says nothing of that by turning away others. */
  readonly behindTheDoor?: boolean;
  /** What is wrong in the same way at three operations or more has one cause, and is told once. */
  readonly oneCause?: boolean;
}

/** The parts of a check that judges the exchanges of the exploration one by one. One that nobody heard says nothing to any of them. */
export function judgesExploration(
  relevant: (probe: Probe, operation: Operation, contract: Contract, probes: readonly Probe[]) => boolean,
  complain: Complain,
  options: JudgesExplorationOptions = {},
) {
  return {
    explores: true as const,
    applies: (contract: Contract): Applicability =>
      contract.operations.length > 0 ? applies : doesNotApply('the contract has no operations'),
    probe: async (context: ProbeContext): Promise<Explored> => {
      const { probes, skipped } = await exploration(context);
      const closedDoors = options.behindTheDoor === true ? closedOperations(probes) : new Set<string>();
      const { contract } = context;
      const known = new Map(contract.operations.map((operation) => [operation.id, operation]));
      const of = probes.filter((probe) => {
        const operation = known.get(probe.operation);
        return operation !== undefined && relevant(probe, operation, contract, probes);
      });
      const looked = of.filter(
        ({ operation, exchange, ended }) =>
          !isUnheard(exchange) && !ended && !(closedDoors.has(operation) && isTurnedAway(exchange)),
      );
      const admitted = looked.filter(({ exchange }) => !isTurnedAway(exchange)).length;
      const operations = new Set(looked.map(({ operation }) => operation));
      const closed = new Map(
        of
          .filter(({ operation }) => admitted === 0 || !operations.has(operation))
          .map(({ operation, exchange }) => [operation, exchange]),
      );
      const suspects = looked.filter(
        (probe) => complain(probe, operationOf(contract, probe.operation), contract).length > 0,
      );
      return {
        suspects,
        looked: looked.length,
        operations: operations.size,
        admitted,
        closed: [...closed].map(([operation, exchange]) => ({ operation, exchange })),
        skipped,
      };
    },
    judge: (evidence: Explored, contract: Contract): Judgement => {
      const told = evidence.suspects.flatMap((probe) => {
        const operation = operationOf(contract, probe.operation);
        return complain(probe, operation, contract).map((complaint) => ({
          cause: complaint.cause ?? null,
          alike: complaint.alike ?? (options.oneCause === true ? '' : null),
          isValid: probe.intent.kind === 'valid',
          finding: finding(complaint, probe.exchange, operation),
        }));
      });
      const findings = joinAlike(joinCauses(told));
      const closed = closedReason(evidence.closed);
      const left = notAsked(evidence.skipped, contract);
      // Where nobody was let past the door, what is behind it was not seen, whatever is looked for.
      if (findings.length === 0 && (evidence.admitted ?? evidence.looked) === 0)
        return undecided(`${closed ?? 'no request could be sent that it could judge'}${left}`);
      return judged(
        atMost(perOperation, findings),
        `${count(evidence.looked, 'request')} to ${count(evidence.operations, 'operation')}${closed === null ? '' : `; ${closed}`}${left}`,
      );
    },
  };
}

interface Told {
  readonly cause: string | null;
  readonly alike: string | null;
  readonly isValid: boolean;
  readonly finding: FindingDraft;
}

/** Tells once what has the same cause at three operations or more; what has no cause of its own is left as it is. */
function joinCauses(told: readonly Told[]): readonly Told[] {
  const groupOf = ({ cause, finding: { operation = '', key } }: Told): string | null =>
    cause === null ? null : `${key.slice(operation.length)} ${cause}`;
  return [...Map.groupBy(told, groupOf)].flatMap(([group, same]) => {
    if (group === null || operationsOf(same) < 3) return same;
    const findings = same.map(({ finding }) => ({ ...finding, key: `${finding.operation}${group}` }));
    return toldOnce(distinct(findings)).map((finding) => ({ cause: null, alike: null, isValid: false, finding }));
  });
}

/**
 * One finding of each key; those of them that are alike at three operations or more are told once. What goes wrong with a valid request is shown by that
 * one, also where an invalid one goes wrong in the same way.
 */
function joinAlike(told: readonly Told[]): readonly FindingDraft[] {
  const byKey = Map.groupBy(told, ({ finding }) => finding.key);
  const shown = [...byKey.values()].flatMap((same) => validFirst(same).slice(0, 1));
  const groupOf = ({ alike, finding: { operation = '', key } }: Told): string | null =>
    alike === null ? null : `${key.slice(operation.length)} ${alike}`;
  const groups = Map.groupBy(shown, groupOf);
  return shown.flatMap((one) => {
    const group = groupOf(one);
    const same = groups.get(group) ?? [];
    if (group === null || operationsOf(same) < 3) return [one.finding];
    return one === same[0] ? toldOnce(validFirst(same).map(({ finding }) => finding)) : [];
  });
}

function validFirst(told: readonly Told[]): readonly Told[] {
  return told.toSorted((a, b) => Number(b.isValid) - Number(a.isValid));
}

function operationsOf(told: readonly Told[]): number {
  return new Set(told.map(({ finding }) => finding.operation)).size;
}

/** Operations that answered each valid request with 401, 403 or 429. */
function closedOperations(probes: readonly Probe[]): ReadonlySet<string> {
  const valid = Map.groupBy(
    probes.filter(({ intent }) => intent.kind === 'valid'),
    ({ operation }) => operation,
  );
  return new Set(
    [...valid]
      .filter(([, those]) => those.every(({ exchange }) => isTurnedAway(exchange)))
      .map(([operation]) => operation),
  );
}

/** `every request to createPost and deletePost was answered with 401, so …`, or null when there are none. */
function closedReason(closed: Explored['closed']): string | null {
  const [first] = closed;
  if (first === undefined) return null;
  const names = closed.map(({ operation }) => operation);
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more operations`] : names;
  const statuses = [...new Set(closed.flatMap(({ exchange }) => status(exchange) ?? []))];
  const what = statuses.length === 0 ? 'found nobody listening' : `was answered with ${list(statuses, 'or')}`;
  return `every request to ${list(shown)} ${what}${advice(first.exchange)}`;
}

function finding(complaint: Complaint, exchange: Exchange, operation: Operation): FindingDraft {
  return {
    key: `${operation.id} ${complaint.key}`,
    title: complaint.title,
    detail: complaint.detail,
    fix: complaint.fix,
    ...(complaint.severity === undefined ? {} : { severity: complaint.severity }),
    ...(complaint.wfc === undefined ? {} : { names: { wfc: complaint.wfc } }),
    operation: operation.id,
    evidence: [{ kind: 'exchange', exchange }],
  };
}

/** Whether an answer came at all, and it is not a server error (which is the business of contract/no-server-error). */
export function answered(probe: Probe): boolean {
  const status = probe.exchange.response?.status;
  return status !== undefined && status < 500;
}
