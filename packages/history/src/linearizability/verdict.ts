import type { Operation } from '../operation.ts';
import type { UndecidedReason } from './budget.ts';

/** One place in an order, with the state after it as the model describes it. */
export interface OrderedOperation<I = unknown, O = unknown> {
  readonly operation: Operation<I, O>;
  readonly state: string;
}

/**
 * Operations that cannot all have happened as they say, whatever is true of the others: they are impossible even when every other
 * operation of the partition may have happened or not (and those that changed nothing are left out). When `minimal`, an order comes into
 * being as soon as any one of them is treated so, too. (Leaving a write out altogether would be no honest test: it leaves the reads of
 * its value without a source.)
 */
export interface Witness<I = unknown, O = unknown> {
  /** Empty when the history was not parted. */
  readonly partition: string;
  readonly operations: readonly Operation<I, O>[];
  /** The longest beginning of an order of those operations (and whichever others help). */
  readonly order: readonly OrderedOperation<I, O>[];
  /** Those of the operations that are left over after `order`. */
  readonly stuck: readonly Operation<I, O>[];
  /** One sentence: why. */
  readonly explanation: string;
  readonly minimal: boolean;
}

export interface PartitionOrder<I = unknown, O = unknown> {
  readonly partition: string;
  readonly order: readonly Operation<I, O>[];
}

export type LinearizabilityVerdict<I = unknown, O = unknown> =
  | {
      readonly status: 'ok';
      readonly operations: number;
      readonly partitions: number;
      /** An order of each partition that was found by search; the partitions that a special algorithm accepted have none. */
      readonly orders: readonly PartitionOrder<I, O>[];
    }
  | {
      readonly status: 'violated';
      readonly operations: number;
      readonly partitions: number;
      readonly witness: Witness<I, O>;
    }
  | {
      readonly status: 'undecided';
      readonly operations: number;
      readonly partitions: number;
      readonly reason: UndecidedReason | 'nothing-happened';
      /** The partitions without an answer; the others are ok. */
      readonly open: readonly string[];
      readonly explanation: string;
    };
