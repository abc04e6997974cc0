import type { Exchange, Identity, Instance } from '@assay/contract';

/** `failed`: the valid sign-up that the backend failed at. */
export type Nobody = { readonly unavailable: string; readonly failed?: Exchange };

/** What is known of the people of one instance. */
export interface Community {
  instance: Instance;
  made: number;
  /** How many of the known users without a role were handed out. */
  given: number;
  usual: Promise<Identity | Nobody> | null;
  /** Those who were signed up to delete their account. */
  readonly expendable: (Identity | Nobody)[];
  readonly byRole: Map<string, Promise<Identity | Nobody>>;
  /** Those signed in again, by the token that was refused. */
  readonly renewals: Map<string, Promise<Identity | null>>;
}

export function newCommunity(instance: Instance): Community {
  return { instance, made: 0, given: 0, usual: null, expendable: [], byRole: new Map(), renewals: new Map() };
}
