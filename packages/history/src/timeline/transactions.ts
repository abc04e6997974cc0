import { processName } from '../operation.ts';
import { anomalyName } from '../serializability/anomaly.ts';
import type { SerializabilityVerdict } from '../serializability/check.ts';
import { forbids } from '../serializability/isolation.ts';
import { nameOf, type Transaction } from '../serializability/transaction.ts';
import { showValue } from '../value.ts';
import type { Bar } from './layout.ts';
import { renderPage } from './page.ts';

/** A self-contained page for a history of transactions: those of the first anomaly that the level forbids, and what is wrong with all. */
export function transactionsHtml(
  verdict: SerializabilityVerdict,
  history: readonly Transaction[],
  options: { readonly title?: string; readonly most?: number } = {},
): string {
  const { title = 'Transactions', most = 60 } = options;
  const worst = verdict.anomalies.find((anomaly) => forbids(verdict.level, anomaly)) ?? verdict.anomalies[0];
  const marked = new Set(worst?.transactions);
  const numbered = history.map((transaction, index) => ({ transaction, index }));
  const first = [
    ...numbered.filter(({ transaction }) => marked.has(transaction)),
    ...numbered.filter(({ transaction }) => !marked.has(transaction)),
  ];
  const shown = first.slice(0, most).sort((a, b) => a.index - b.index);
  const bars = shown.map(({ transaction, index }): Bar => {
    const known = transaction.outcome === 'ok';
    const label = `${nameOf(index)} ${describe(transaction)}`;
    return {
      process: transaction.process === null ? '' : String(transaction.process),
      label,
      detail: `${label} (${processName(transaction.process)}, ${transaction.outcome}${transaction.line === undefined ? '' : `, line ${transaction.line}`})`,
      call: transaction.call ?? 2 * index,
      return: known ? (transaction.return ?? 2 * index + 1) : null,
      mark: marked.has(transaction) ? 'stuck' : known ? 'plain' : 'unknown',
      place: null,
    };
  });
  return renderPage({
    title,
    status: verdict.status,
    summary: `${verdict.level}: ${verdict.explanation}`,
    bars,
    left: history.length - shown.length,
    lists: [
      {
        heading: `${worst === undefined ? 'Cycle' : anomalyName(worst)}, step by step`,
        items: (worst?.cycle ?? []).map(
          (step) => `${nameOf(step.from)} before ${nameOf(step.to)} (${step.dependency}): ${step.because}`,
        ),
      },
      { heading: 'Anomalies', items: verdict.anomalies.slice(0, 50).map((anomaly) => anomaly.explanation) },
    ],
  });
}

function describe(transaction: Transaction): string {
  return transaction.operations
    .map(
      (operation) =>
        `${operation.f} ${operation.key} ${operation.f === 'read' && operation.value === undefined ? '?' : showValue(operation.value, 30)}`,
    )
    .join(', ');
}
