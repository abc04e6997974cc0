import type { LinearizabilityVerdict, Witness } from '../linearizability/verdict.ts';
import { partitionsOf } from '../linearizability/partition.ts';
import type { Model } from '../model.ts';
import { type Operation, processName } from '../operation.ts';
import { canonical, showValue } from '../value.ts';
import type { Bar } from './layout.ts';
import { renderPage } from './page.ts';

export interface TimelineOptions {
  readonly title?: string;
  /** Describes operations, and tells which belong to the witness's partition. */
  readonly model?: Model;
  /** How many operations to show at most. Default 120. */
  readonly most?: number;
}

/**
 * A self-contained page that shows the operations around a violation, with those that cannot be ordered marked, or the beginning of a
 * history without one.
 */
export function timelineHtml(
  verdict: LinearizabilityVerdict,
  history: readonly Operation[],
  options: TimelineOptions = {},
): string {
  const { title = 'History', model, most = 120 } = options;
  const describe = (operation: Operation): string => describeOperation(operation, model);
  const witness = verdict.status === 'violated' ? verdict.witness : null;
  const related = relatedOperations(history, witness?.partition ?? null, model);
  const shown = witness === null ? related.slice(0, most) : around(related, markedOf(witness), most);
  const stuck = new Set(witness?.stuck);
  const place = new Map((witness?.order ?? []).map((each, i) => [each.operation, i + 1]));
  const bars = shown.map((operation): Bar => {
    const known = operation.outcome === 'ok';
    const at = place.get(operation) ?? null;
    const mark = stuck.has(operation) ? 'stuck' : at !== null ? 'ordered' : known ? 'plain' : 'unknown';
    const end = known ? (operation.return ?? null) : null;
    const times =
      end === null ? `called at ${operation.call}, outcome unknown` : `called at ${operation.call}, returned at ${end}`;
    const line = operation.line === undefined ? '' : `, line ${operation.line}`;
    return {
      process: operation.process === null ? '' : String(operation.process),
      label: describe(operation),
      detail: `${describe(operation)} (${processName(operation.process)}, ${times}${line})`,
      call: operation.call,
      return: end,
      mark,
      place: at,
    };
  });
  const named = (operation: Operation): string =>
    `${describe(operation)} (${processName(operation.process)}${operation.line === undefined ? '' : `, line ${operation.line}`})`;
  return renderPage({
    title,
    status: verdict.status,
    summary: summaryOf(verdict),
    bars,
    left: history.length - shown.length,
    lists: [
      { heading: 'Operations that cannot all have happened', items: (witness?.operations ?? []).map(named) },
      {
        heading: 'The longest order that is possible',
        items: (witness?.order ?? []).map((each) => `${named(each.operation)}: then ${each.state}`),
      },
      { heading: 'Left over: these cannot all follow', items: (witness?.stuck ?? []).map(named) },
    ],
  });
}

function summaryOf(verdict: LinearizabilityVerdict): string {
  const size = `${verdict.operations} operations in ${verdict.partitions} partition${verdict.partitions === 1 ? '' : 's'}`;
  if (verdict.status === 'ok') return `${size} can be put in order.`;
  if (verdict.status === 'undecided') return `${verdict.explanation} (${size}).`;
  const { partition, explanation, minimal } = verdict.witness;
  return `${partition === '' ? '' : `In the partition ${showValue(partition)}: `}${explanation}.${minimal ? '' : ' (The operations below may be more than are needed.)'}`;
}

function relatedOperations(
  history: readonly Operation[],
  partition: string | null,
  model: Model | undefined,
): readonly Operation[] {
  const happened = history.filter((operation) => operation.outcome !== 'failed');
  if (partition === null || model === undefined) return happened;
  return (
    partitionsOf(model, history)
      .get(partition)
      ?.map((entry) => entry.operation) ?? happened
  );
}

/** How many unmarked operations are shown around a witness. */
const context = 30;

/** What a witness is about; first what no picture of it may leave out. */
function markedOf({ stuck, order, operations }: Witness): ReadonlySet<Operation> {
  return new Set([...stuck, ...order.toReversed().map(({ operation }) => operation), ...operations]);
}

/** The marked operations, as many as there is room for, and those nearest to them in time. */
function around(related: readonly Operation[], marked: ReadonlySet<Operation>, most: number): readonly Operation[] {
  const end = (operation: Operation): number =>
    operation.outcome === 'ok' ? (operation.return ?? operation.call) : operation.call;
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const operation of marked) {
    from = Math.min(from, operation.call);
    to = Math.max(to, end(operation));
  }
  const distance = (operation: Operation): number => Math.max(0, from - end(operation), operation.call - to);
  const others = related
    .filter((operation) => !marked.has(operation) && operation.call <= to)
    .sort((a, b) => distance(a) - distance(b));
  const room = Math.max(0, Math.min(context, most - marked.size));
  const kept = new Set([...[...marked].slice(0, most), ...others.slice(0, room)]);
  return related.filter((operation) => kept.has(operation));
}

function describeOperation(operation: Operation, model: Model | undefined): string {
  const known = operation.outcome === 'ok';
  const own = model?.describe?.(operation.input, operation.output, known);
  return (
    own ??
    `${canonical(operation.input) ?? '?'}${known && operation.output !== undefined ? ` → ${canonical(operation.output) ?? '?'}` : known ? '' : ' ?'}`
  );
}
