import type { Instance } from './check.ts';
import type { Exchange, HeaderFields } from './exchange.ts';
import type { Json, JsonObject } from './json.ts';

/** Someone whom the backend knows, and what their requests carry to prove it. */
export interface Identity {
  /** `user-1`, `user-2` … in the order of making, or the role's name. */
  readonly name: string;
  /** As the contract or the settings name it; null for an ordinary user. */
  readonly role: string | null;
  /** What they sign in with: an e-mail address or a user name. */
  readonly login: string;
  readonly password: string;
  /** Header fields (a cookie is one) that prove who they are. */
  readonly headers: HeaderFields;
  /** Query parameters that prove who they are, for an API key in the query. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** The bare token or session id inside; null where credentials themselves are sent (HTTP basic). */
  readonly token: string | null;
  /** What sign-up or login told about them: the response's body; undefined when it told nothing. */
  readonly profile: Json | undefined;
  /** How they came to be: sign-up, login. */
  readonly exchanges: readonly Exchange[];
}

/** People who have accounts with a running backend, made through the contract's own sign-up and login, or named in `assay.yaml`. */
export interface Identities {
  /** Why nobody can be signed in; null when it can be tried. */
  readonly unavailable: string | null;
  /** Someone new on this instance (with a role: someone who has it). Never throws for what the backend does: then it says why there is nobody. */
  another(instance: Instance, role?: string): Promise<Identity | { readonly unavailable: string }>;
  /** The one as whom requests are sent that do not say otherwise; signed in when first asked for. Null where the contract asks for none. */
  usual(instance: Instance): Promise<Identity | { readonly unavailable: string; readonly failed?: Exchange } | null>;
}

/** How people come to be known, read from the shape of a contract. */
export interface SignIn {
  /** The operation that makes an account, with where login name and password stand in its body; null when there is none. */
  readonly signUp: CredentialsOperation | null;
  /** The operation that gives a token for them; null when signing up already does. */
  readonly login: CredentialsOperation | null;
  /** Where the token stands in the answer of `login` (or else of `signUp`). */
  readonly token: TokenPlace;
  /** The security schemes that the token serves. */
  readonly schemes: readonly string[];
}

/**
 * `undescribed`: the contract does not say what the answer holds, so it is looked for by its usual names. `credentials`: there is none, login
 * name and password themselves are sent (HTTP basic).
 */
export type TokenPlace =
  | { readonly kind: 'pointer'; readonly pointer: string }
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'cookie' }
  | { readonly kind: 'undescribed' }
  | { readonly kind: 'credentials' };

export interface CredentialsOperation {
  readonly operation: string;
  /** JSON Pointers into the request's body. */
  readonly login: string;
  readonly password: string;
}

/** One step of becoming a user, as the settings name it: which operation to call, with what, and where the token stands in its answer. */
export interface IdentityStep {
  /** The operation's id in the contract. */
  readonly operation: string;
  /** The request's body; `$email`, `$username` and `$password` in it stand for the user's own. */
  readonly body: JsonObject | null;
  /** JSONPath of the token in the response: `$.token`. */
  readonly token: string | null;
}

/** Someone who has an account already, before anybody signs up. */
export interface KnownUser {
  /** The e-mail address or user name they log in with. */
  readonly login: string;
  readonly password: string;
  readonly role: string | null;
}

/** How to become different users of a backend, as `assay.yaml` or `challenge.yaml` says. What is null is found by shape. */
export interface IdentitySettings {
  readonly register: IdentityStep | null;
  readonly login: IdentityStep | null;
  readonly users: readonly KnownUser[];
}

/** For a contract that asks for no authentication. */
export const nobody: Identities = {
  unavailable: 'the contract asks for no authentication',
  another: () => Promise.resolve({ unavailable: 'the contract asks for no authentication' }),
  usual: () => Promise.resolve(null),
};
