import type { Finding, Report } from '@assay/contract';
import path from 'node:path';
import { Fault } from '@assay/contract';
import { checkToReplay } from '@assay/prove';
import { judge } from '../../runner/judge-process.ts';
import type { Services } from '../../services.ts';
import { findRun } from '../runs/queries.ts';
import { orderOf } from '../runs/order.ts';
import { reportOf } from '../runs/record-routes.ts';
import { beginReplay, endReplay, type ReplayEnd } from './queries.ts';

/** Looks for one finding again. */
export async function replay(services: Services, id: string): Promise<void> {
  const { db, feed } = services;
  const begun = await beginReplay(db, id);
  if (begun === null) return;
  const stop = feed.begin(id);
  try {
    const run = await findRun(db, begun.run);
    const report = await reportOf(db, begun.run);
    const check = report.checks.find(({ findings }) => findings.some((one) => one.id === begun.finding));
    const finding = check?.findings.find((one) => one.id === begun.finding);
    if (run === null || check === undefined || finding === undefined) throw new Fault('unknown-finding', 'It is gone.');
    const judged = await judge(
      {
        ...(await orderOf(services, run)),
        contract: report.challenge === null && path.isAbsolute(report.contract.source) ? report.contract.source : null,
        challenge: report.challenge,
        only: [checkToReplay(check.id, finding)],
        seed: report.seed,
        budgetSeconds: null,
        focus: finding.operation ?? null,
        transient: true,
      },
      () => undefined,
      stop.signal,
    );
    if (judged.kind === 'report') await endReplay(db, id, endOf(judged.report, check.id, finding));
    else {
      const reason = judged.kind === 'fault' ? `${judged.fault.message} ${judged.fault.fix}` : judged.reason;
      await endReplay(db, id, { status: 'broken', outcome: null, reason, result: null });
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await endReplay(db, id, { status: 'broken', outcome: null, reason, result: null });
  } finally {
    feed.tell(id, { type: 'end' });
  }
}

/** Only the check itself can say that it is gone: not one that never came to it because the backend does not start any more. */
function endOf(report: Report, check: string, before: Finding): ReplayEnd {
  const result = report.checks.find(({ id }) => id === check);
  const again = result?.findings.find(({ fingerprint }) => fingerprint === before.fingerprint);
  if (again !== undefined) return { status: 'finished', outcome: 'still-there', reason: again.title, result: again };
  const isDecided = result?.status === 'passed' || result?.status === 'failed';
  return {
    status: 'finished',
    outcome: isDecided ? 'gone' : 'undecided',
    reason: isDecided ? 'It is not found any more.' : (result?.reason ?? report.reason),
    result: null,
  };
}
