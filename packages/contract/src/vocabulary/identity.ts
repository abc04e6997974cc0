import type { Instance } from './check.ts';
import type { Exchange, HeaderFields } from './exchange.ts';
import type { Json } from './json.ts';

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
  usual(instance: Instance): Promise<Identity | { readonly unavailable: string } | null>;
}

/** How people come to be known, read from the shape of a contract. */
export interface SignIn {
  /** The operation that makes an account, with where login name and password stand in its body; null when there is none. */
  readonly signUp: CredentialsOperation | null;
  /** The operation that gives a token for them; null when signing up already does. */
  readonly login: CredentialsOperation | null;
  /** Where the token stands in the answer of `login` (or else of `signUp`). */
  readonly token: { readonly kind: 'pointer'; readonly pointer: string } | { readonly kind: 'cookie' };
  /** The security schemes that the token serves. */
  readonly schemes: readonly string[];
}

export interface CredentialsOperation {
  readonly operation: string;
  /** JSON Pointers into the request's body. */
  readonly login: string;
  readonly password: string;
}

/** For a contract that asks for no authentication. */
export const nobody: Identities = {
  unavailable: 'the contract asks for no authentication',
  another: () => Promise.resolve({ unavailable: 'the contract asks for no authentication' }),
  usual: () => Promise.resolve(null),
};
