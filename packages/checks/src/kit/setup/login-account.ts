import type { Identity, Instance, Operation, ProbeContext, RequestCase } from '@assay/contract';
import { pinned } from '../requests/pin.ts';

/** Whose credentials a login is sent with: any others are refused for what they say, whatever else is right about the request. */
export class LoginAccount {
  readonly #context: ProbeContext;
  readonly #instance: Instance;
  #loggingIn: ReturnType<ProbeContext['identities']['another']> | undefined;

  constructor(context: ProbeContext, instance: Instance) {
    this.#context = context;
    this.#instance = instance;
  }

  /** The request with an account's credentials, where it is a login. Places for which `keep` holds stay as they are. */
  async filledIn(operation: Operation, request: RequestCase, keep: (target: string) => boolean): Promise<RequestCase> {
    const login = this.#context.shape.signIn?.login ?? null;
    if (login?.operation !== operation.id || request.body === undefined) return request;
    if (keep(`body:${login.login}`) || keep(`body:${login.password}`)) return request;
    const known = await this.#somebody();
    return known === null
      ? request
      : pinned(pinned(request, `body:${login.login}`, known.login), `body:${login.password}`, known.password);
  }

  /** Somebody who does nothing but log in, where people can sign up: whoever sends everything else may have changed their name or password. */
  async #somebody(): Promise<Identity | null> {
    const { identities, shape } = this.#context;
    if (shape.signIn?.signUp != null) this.#loggingIn ??= identities.another(this.#instance);
    const own = await this.#loggingIn;
    const known = own !== undefined && 'login' in own ? own : await identities.usual(this.#instance);
    return known === null || 'unavailable' in known ? null : known;
  }
}
