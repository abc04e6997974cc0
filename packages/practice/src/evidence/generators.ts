import { drawFrom } from '../vary/random.ts';
import type { EvidenceQuestion, Generator, RunRecord } from './evidence-question.ts';
import { slowestRequest, statusCounts } from './of-exchanges.ts';
import { brokenClaim, interleavedRequests, planChange, scannedTable } from './of-findings.ts';
import { mostStatements, repeatedStatement, rowsRead, shareInSql, transactionCount } from './of-statements.ts';

/** Every way to make a question of a run, by the name that a question's file gives. */
export const generators: Readonly<Record<string, Generator>> = {
  'most-statements': mostStatements,
  'repeated-statement': repeatedStatement,
  'share-in-sql': shareInSql,
  'transaction-count': transactionCount,
  'rows-read': rowsRead,
  'slowest-request': slowestRequest,
  'status-counts': statusCounts,
  'scanned-table': scannedTable,
  'plan-change': planChange,
  'interleaved-requests': interleavedRequests,
  'broken-claim': brokenClaim,
};

/** Every question that the run gives, by its generator. */
export function evidenceOf(run: RunRecord, seed: number): Readonly<Record<string, EvidenceQuestion>> {
  const made = Object.entries(generators).flatMap(([name, generate]) => {
    const question = generate(run, drawFrom(seed, `evidence ${name}`));
    return question === null ? [] : [[name, question] as const];
  });
  return Object.fromEntries(made);
}
