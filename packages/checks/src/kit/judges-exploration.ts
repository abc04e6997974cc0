import { type Applicability, type Contract, type Exchange, type FindingDraft, type Judgement, type Operation, type ProbeContext } from '@assay/contract';
import { operationOf } from './cases.ts';
import { exploration, type Probe } from './explore.ts';
import { applies, atMost, distinct, doesNotApply, judged, undecided } from './judgement.ts';
import { count } from './words.ts';

/** The exchanges of the exploration on which a check bites, and how many it looked at. */
export interface Explored {
  readonly suspects: readonly Probe[];
  readonly looked: number;
  readonly operations: number;
  readonly skipped: readonly { readonly operation: string; readonly reason: string }[];
}

/** One thing wrong with one exchange. `key` tells it apart from other things wrong with the same operation. */
export interface Complaint {
  readonly key: string;
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

/** The parts of a check that judges the exchanges of the exploration one by one. */
export function judgesExploration(relevant: (probe: Probe) => boolean, complain: Complain) {
  return {
    applies: (contract: Contract): Applicability => (contract.operations.length > 0 ? applies : doesNotApply('the contract has no operations')),
    probe: async (context: ProbeContext): Promise<Explored> => {
      const { probes, skipped } = await exploration(context);
      const looked = probes.filter(relevant);
      const suspects = looked.filter((probe) => complain(probe, operationOf(context.contract, probe.operation), context.contract).length > 0);
      return { suspects, looked: looked.length, operations: new Set(looked.map((probe) => probe.operation)).size, skipped };
    },
    judge: (evidence: Explored, contract: Contract): Judgement => {
      const findings = evidence.suspects.flatMap((probe) => {
        const operation = operationOf(contract, probe.operation);
        return complain(probe, operation, contract).map((complaint) => finding(complaint, probe.exchange, operation));
      });
      if (findings.length === 0 && evidence.looked === 0) return undecided('no request could be sent that it could judge');
      return judged(atMost(perOperation, distinct(findings)), `${count(evidence.looked, 'request')} to ${count(evidence.operations, 'operation')}`);
    },
  };
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
