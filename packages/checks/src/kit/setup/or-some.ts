import type { Json } from '@assay/contract';
import type { Made } from './made.ts';
import { type Setup, SetupFailed } from './setup.ts';

/** What is made, or one that is there where there may be no more of its kind, as where everybody may have five cards. Throws SetupFailed when there is none. */
export async function orSome(
  setup: Setup,
  resource: string,
  make: () => Promise<Made>,
  besides: readonly Json[] = [],
): Promise<Made> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error;
    return setup.some(resource, besides);
  }
}
