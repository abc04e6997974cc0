import type { HistoryStep } from '@assay/contract';
import {
  isolationLevels,
  type LinearizabilityVerdict,
  type Model,
  type Operation,
  type TextVerdict,
} from '@assay/history';
import { count } from '../terminal/count.ts';
import { paint } from '../terminal/paint.ts';
import { oneLine } from '../terminal/visible.ts';
import { historyLines } from './history.ts';

const colours = { ok: 'green', violated: 'red', undecided: 'yellow' } as const;

/** How many of the last operations in order, and of those left over, a terminal shows; the page of `--report` has more. */
const most = { ordered: 12, stuck: 8 } as const;

type Linearizability = Extract<TextVerdict, { kind: 'linearizability' }>;
type Violation = Extract<LinearizabilityVerdict, { status: 'violated' }>;

/** One file's verdict: why, and what stood where when no order was left. */
export function historyVerdictLines(file: string, result: TextVerdict, stream: NodeJS.WriteStream): string[] {
  const { verdict } = result;
  const head = `${paint(stream, [colours[verdict.status], 'bold'], verdict.status.toUpperCase())}  ${oneLine(file)}`;
  return [head, ...detail(result, stream).map((line) => `  ${line}`)];
}

function detail(result: TextVerdict, stream: NodeJS.WriteStream): string[] {
  if (result.kind === 'serializability') {
    const { verdict } = result;
    const broken = isolationLevels.filter((level) => verdict.levels[level] === 'violated');
    const levels = broken.length === 0 ? [] : [`violated: ${broken.join(', ')}`];
    return [...(verdict.explanation === '' ? [] : [oneLine(verdict.explanation)]), ...levels];
  }
  const { verdict } = result;
  if (verdict.status === 'violated') return witnessLines(verdict, result, stream);
  return verdict.status === 'undecided' ? [oneLine(verdict.explanation)] : [];
}

function witnessLines({ witness }: Violation, { model }: Linearizability, stream: NodeJS.WriteStream): string[] {
  const { partition, explanation, order, stuck } = witness;
  const operations = new Map<HistoryStep, Operation>();
  const left = order.length - most.ordered;
  for (const [i, { operation, state }] of order.entries())
    if (i >= left) operations.set({ ...stepOf(operation, model), place: i + 1, state }, operation);
  for (const operation of stuck.slice(0, most.stuck)) operations.set(stepOf(operation, model), operation);
  const others = stuck.length - most.stuck;
  return [
    ...(partition === '' ? [] : [`partition ${oneLine(partition)}`]),
    oneLine(explanation),
    ...(left > 0 ? [paint(stream, 'dim', `… ${count(left, 'operation')} in order before`)] : []),
    ...historyLines({ kind: 'history', operations: [...operations.keys()] }, stream, (step) =>
      whenOf(operations.get(step)),
    ),
    ...(others > 0 ? [paint(stream, 'dim', `… ${count(others, 'other')} cannot follow either`)] : []),
  ];
}

function stepOf(operation: Operation, model: Model): HistoryStep {
  const { input, output, process, call } = operation;
  const known = operation.outcome === 'ok';
  return {
    client: process === null ? '?' : String(process),
    call,
    return: known ? (operation.return ?? null) : null,
    text: model.describe?.(input, output, known) ?? JSON.stringify(input),
    place: null,
  };
}

/** Where it stands in the text, which is where one looks for it. */
function whenOf(operation: Operation | undefined): string {
  return operation?.line === undefined ? '' : `line ${operation.line}`.padEnd(10);
}
