import { authenticated, isShownOfSite, type LiveIdentities } from '@assay/checks';
import type { Exchange, Identity, Instance, RequestSpec } from '@assay/contract';

/** Operations that answered 401 to somebody who had just signed in: they mean something else by it. */
const refusesAnyway = new WeakMap<LiveIdentities, Set<string>>();

/**
 * Sends a request in the name of whom it says; of the instance's usual identity where it says nothing and its operation asks for somebody.
 * A backend that was started again may have forgotten who was signed in: when such a request is refused with 401, the sender signs in
 * again, once, and the request is repeated. Whoever was signed out by what they sent signs in again at once: nobody goes on with a token that
 * was given back.
 */
export async function sendAs(
  request: RequestSpec,
  instance: Instance,
  identities: LiveIdentities,
  send: (request: RequestSpec) => Promise<Exchange>,
): Promise<Exchange> {
  if (request.as !== undefined) return send(request.as === null ? request : authenticated(request, request.as));
  const { operation } = request;
  const sender = operation === undefined ? null : await identities.senderOf(instance, operation);
  if (operation === undefined || sender === null || speaksForItself(request, sender)) return send(request);
  const first = await send(authenticated(request, sender));
  if (isSuccessful(first) && identities.signsOut(operation)) {
    // Signing out may end nothing, and logins may be limited: nobody takes the place of who is not let in now.
    await identities.renewed(instance, sender, false);
    return first;
  }
  const anyway = refusesAnyway.get(identities) ?? new Set<string>();
  refusesAnyway.set(identities, anyway);
  if (first.response?.status !== 401 || anyway.has(operation)) return first;
  const again = await identities.renewed(instance, sender);
  if (again === null) return first;
  const second = await send(authenticated(request, again));
  if (second.response?.status === 401) anyway.add(operation);
  return second;
}

function isSuccessful({ response }: Exchange): boolean {
  return response !== undefined && response.status >= 200 && response.status < 300;
}

/** Whether it has a header of its own where the proof would stand. Cookies go together, and what shows that it is of the site proves nobody. */
function speaksForItself({ headers = [] }: RequestSpec, sender: Identity): boolean {
  return sender.headers.some(
    ([name]) =>
      name.toLowerCase() !== 'cookie' &&
      !isShownOfSite(name) &&
      headers.some(([own]) => own.toLowerCase() === name.toLowerCase()),
  );
}
