export { checkText, type CheckTextOptions, type TextVerdict } from './check-text.ts';
export { HistoryError } from './history-error.ts';
export type { UndecidedReason } from './linearizability/budget.ts';
export { checkLinearizable, type CheckOptions } from './linearizability/check.ts';
export type { LinearizabilityVerdict, OrderedOperation, PartitionOrder, Witness } from './linearizability/verdict.ts';
export type { Decision, Effect, Model, Refutation, Sightings, Specialized } from './model.ts';
export { bank, type BankInput, type BankOutput } from './models/bank.ts';
export { casRegister } from './models/cas-register.ts';
export { counter, type CounterInput, type CounterOutput } from './models/counter.ts';
export { keyValue, type KeyValueInput, type KeyValueOutput } from './models/key-value.ts';
export { multiRegister, type MultiRegisterInput, type MultiRegisterOutput } from './models/multi-register.ts';
export { mutex, type MutexInput } from './models/mutex.ts';
export { queue, type QueueInput, type QueueOutput } from './models/queue.ts';
export { register } from './models/register.ts';
export type { CasRegisterInput, RegisterInput, RegisterOutput } from './models/register-input.ts';
export { set, type SetInput, type SetOutput } from './models/set.ts';
export type { Entry, Operation, Outcome } from './operation.ts';
export type { RecordedOperation } from './parsers/record.ts';
export { type FailedCas, type FormatName, formats, type NilRead } from './parsers/registry.ts';
export { parseValue } from './parsers/value-text.ts';
export { type ModelName, models } from './reading/models.ts';
export { readOperations } from './reading/operations.ts';
export { readTransactions } from './reading/transactions.ts';
export {
  type Anomaly,
  anomalyMeanings,
  anomalyName,
  type AnomalyType,
  type CycleStep,
} from './serializability/anomaly.ts';
export {
  checkSerializable,
  type SerializabilityOptions,
  type SerializabilityVerdict,
} from './serializability/check.ts';
export { forbids, type IsolationLevel, isolationLevels } from './serializability/isolation.ts';
export {
  isTransactionKind,
  type MicroOperation,
  type Transaction,
  type TransactionKind,
  transactionKinds,
} from './serializability/transaction.ts';
export { timelineHtml, type TimelineOptions } from './timeline/timeline.ts';
export { transactionsHtml } from './timeline/transactions.ts';
export { canonical, type Value } from './value.ts';
