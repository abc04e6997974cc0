import type { RequestSpec } from '@assay/contract';
import { withoutQuery } from '../answers/list-walk.ts';
import { type Setup, SetupFailed } from './setup.ts';

/** An ordinary request without filters; null when what it needs cannot be made. */
export async function plainRequest(setup: Setup, operation: string): Promise<RequestSpec | null> {
  try {
    return withoutQuery(await setup.request(operation));
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error;
    return null;
  }
}
