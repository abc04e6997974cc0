import { type Challenge, type FindingDraft, Fault, type Report } from '@assay/contract';
import { loadChallenge, loadNamedChallenge, readChallengeContract } from './challenge.ts';
import { asNoted } from './distant-base.ts';
import { planChecks } from './plan.ts';
import { readEvidence } from './store.ts';
import { readOwnContract } from './subject.ts';

/** Judges the evidence that a run kept of a check again, without a backend. */
export async function rejudge(runsFolder: string, report: Report, id: string): Promise<readonly FindingDraft[]> {
  const challenge = await challengeOf(report);
  const contract =
    challenge === null
      ? asNoted(readOwnContract(report.contract.source, report.backend.path), report.contract.problems)
      : readChallengeContract(challenge);
  const check = planChecks(challenge, [id]).find((one) => one.id === id);
  if (check === undefined) throw new Fault('unknown-check', `There is no check ${id} any more.`);
  return check.judge(readEvidence(runsFolder, report.run, id), contract).findings;
}

/** The folder is in the report only where the command line gave it. */
async function challengeOf({ challenge, challengeFolder }: Report): Promise<Challenge | null> {
  if (challengeFolder !== undefined) return loadChallenge(challengeFolder);
  return challenge === null ? null : loadNamedChallenge(challenge);
}
