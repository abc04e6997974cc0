import type {
  Contract,
  ContractShape,
  Identities,
  Identity,
  IdentitySettings,
  Instance,
  Random,
  SignIn,
} from '@assay/contract';

/** Identities as the run keeps them: it sends requests in their name, and signs them in again when their token stops to be good. */
export interface LiveIdentities extends Identities {
  /** Who sends a request for this operation that does not say who; null: nobody. */
  senderOf(instance: Instance, operation: string): Promise<Identity | null>;
  /** How people sign up and in, by the settings as well as by the contract's shape. */
  readonly signIn: SignIn | null;
  /** Whether an operation signs out whoever sends it. */
  signsOut(operation: string): boolean;
  /** Signs a sender in again, whose token was refused or given back; or, unless told otherwise, somebody new; null when nobody can be. */
  renewed(instance: Instance, stale: Identity, orNew?: boolean): Promise<Identity | null>;
}

export interface IdentityOptions {
  readonly contract: Contract;
  readonly shape: ContractShape;
  readonly settings: IdentitySettings | null;
  /** A source of randomness of its own for each name. */
  readonly random: (name: string) => Random;
  readonly signal: AbortSignal;
}
