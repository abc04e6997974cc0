import { checkLinearizable, type CheckOptions } from './linearizability/check.ts';
import type { LinearizabilityVerdict } from './linearizability/verdict.ts';
import type { Operation } from './operation.ts';
import { type FailedCas, type FormatName, formats } from './parsers/registry.ts';
import { type ModelName, models, type NamedModel } from './reading/models.ts';
import { readOperations } from './reading/operations.ts';
import { readTransactions } from './reading/transactions.ts';
import {
  checkSerializable,
  type SerializabilityVerdict,
  type TransactionKind,
  transactionKinds,
} from './serializability/check.ts';
import type { IsolationLevel } from './serializability/isolation.ts';
import type { Transaction } from './serializability/transaction.ts';
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
  /** For transactions. Default `serializable`. */
  readonly level?: IsolationLevel;
}

export type TextVerdict =
  | {
      readonly kind: 'linearizability';
      readonly verdict: LinearizabilityVerdict;
      readonly history: readonly Operation[];
    }
  | {
      readonly kind: 'serializability';
      readonly verdict: SerializabilityVerdict;
      readonly history: readonly Transaction[];
    };

/** Reads a history and checks it: all that `assay history check` does with one file. Throws a `HistoryError` with the line. */
export function checkText(text: string, options: CheckTextOptions): TextVerdict {
  const { model, level, partition, initial, failedCas, from, ...limits } = options;
  const records = formats[from].parse(text);
  if (isTransactionKind(model)) {
    const history = readTransactions(records);
    return {
      kind: 'serializability',
      history,
      verdict: checkSerializable(history, { ...limits, kind: model, ...(level === undefined ? {} : { level }) }),
    };
  }
  const named: NamedModel = models[model];
  const history = readOperations(named, records, partition === 'key', failedCas ?? formats[from].failedCas);
  return { kind: 'linearizability', history, verdict: checkLinearizable(named.make(initial), history, limits) };
}

function isTransactionKind(model: ModelName | TransactionKind): model is TransactionKind {
  return transactionKinds.some((kind) => kind === model);
}
