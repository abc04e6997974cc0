import { HistoryError } from './history-error.ts';
import { checkLinearizable, type CheckOptions } from './linearizability/check.ts';
import type { LinearizabilityVerdict } from './linearizability/verdict.ts';
import type { Model } from './model.ts';
import type { Operation } from './operation.ts';
import { type FailedCas, type FormatName, formats, type NilRead, nilReadOf } from './parsers/registry.ts';
import { type ModelName, models, type NamedModel } from './reading/models.ts';
import { readOperations } from './reading/operations.ts';
import { readTransactions } from './reading/transactions.ts';
import { checkSerializable, levelRecord, type SerializabilityVerdict } from './serializability/check.ts';
import type { IsolationLevel } from './serializability/isolation.ts';
import { isTransactionKind, type Transaction, type TransactionKind } from './serializability/transaction.ts';
import type { Value } from './value.ts';

export interface CheckTextOptions
  extends Pick<CheckOptions, 'timeoutMs' | 'now' | 'deadline' | 'memoryBytes' | 'witnessMs'> {
  /** A model, or a kind of transactions. */
  readonly model: ModelName | TransactionKind;
  readonly from: FormatName;
  /** `key`: every key is an object of its own. */
  readonly partition?: 'key';
  /** The state to begin with, for the models that have a choice. */
  readonly initial?: Value;
  /** What a compare-and-set means that failed without a reason. The format's custom when left out. */
  readonly failedCas?: FailedCas;
  /** What a read means that completed with nil. The format's custom when left out. */
  readonly nilRead?: NilRead;
  /** For transactions. Default `serializable`. */
  readonly level?: IsolationLevel;
}

export type TextVerdict =
  | {
      readonly kind: 'linearizability';
      readonly verdict: LinearizabilityVerdict;
      readonly history: readonly Operation[];
      /** What the operations were held against. */
      readonly model: Model;
    }
  | {
      readonly kind: 'serializability';
      readonly verdict: SerializabilityVerdict;
      readonly history: readonly Transaction[];
    };

/**
 * Reads a history and checks it: all that `assay history check` does with one file. Throws a `HistoryError`, with the line where there is one;
 * a text without a single operation is refused as well, for it would prove nothing. Where no operation is known to have happened, it is undecided.
 */
export function checkText(text: string, options: CheckTextOptions): TextVerdict {
  const { model, level, partition, initial, failedCas, nilRead, from, ...limits } = options;
  const format = formats[from];
  const records = format.parse(text);
  if (isTransactionKind(model)) {
    const history = some(readTransactions(records, model), from);
    const verdict = checkSerializable(history, { ...limits, kind: model, ...(level === undefined ? {} : { level }) });
    return { kind: 'serializability', history, verdict: happened(history) ? verdict : openLevels(verdict) };
  }
  const named: NamedModel = models[model];
  const object = named.make(initial);
  const operations = readOperations(named, records, {
    byKey: partition === 'key',
    failedCas: failedCas ?? format.failedCas,
    nilRead: nilRead ?? nilReadOf(format, records),
  });
  const history = some(operations, from);
  const verdict = checkLinearizable(object, history, limits);
  return { kind: 'linearizability', history, model: object, verdict: happened(history) ? verdict : open(verdict) };
}

/** Without it anything is possible, and nothing was put to the test. */
function happened(history: readonly Pick<Operation, 'outcome'>[]): boolean {
  return history.some(({ outcome }) => outcome === 'ok');
}

const undecided = { status: 'undecided', explanation: 'No operation is known to have happened' } as const;

function open({ operations, partitions }: LinearizabilityVerdict): LinearizabilityVerdict {
  return { ...undecided, operations, partitions, reason: 'nothing-happened', open: [] };
}

function openLevels(verdict: SerializabilityVerdict): SerializabilityVerdict {
  return { ...verdict, ...undecided, levels: levelRecord(() => undecided.status), order: null };
}

function some<T>(read: readonly T[], from: FormatName): readonly T[] {
  if (read.length > 0) return read;
  throw new HistoryError(null, `operations in the format ${from} (${formats[from].about})`, 'none');
}
