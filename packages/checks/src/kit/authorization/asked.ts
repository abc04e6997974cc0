import type { Exchange } from '@assay/contract';

/** What somebody without a role asked. */
export interface Asked {
  readonly operation: string;
  readonly roles: readonly string[];
  readonly ordinary: Exchange;
}
