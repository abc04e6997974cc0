import type { Exchange, Identity, ProbeContext, RequestSpec } from '@assay/contract';
import { isGranted } from '../answers/granted.ts';
import { isSuccess, status } from '../words.ts';
import { letsIn } from './lets-in.ts';
import { loginWith } from './login-with.ts';

/** What somebody did, and how another one's own login let them in just before it, and is refused after it. */
export interface LockedOut {
  readonly before: Exchange;
  readonly exchange: Exchange;
  readonly after: Exchange;
}

/**
 * Has somebody send a request on another one's account, and looks whether its owner is still let in. Null when they are, or the request is refused.
 * @param control somebody whom nothing is done to, and who signs in as often: not everybody is refused by then
 */
export async function lockedOut(
  context: ProbeContext,
  request: RequestSpec,
  owner: Identity,
  control: Identity,
  other: Identity,
): Promise<LockedOut | null> {
  const { backend } = context;
  const [login, idle] = [loginWith(context, owner, owner.password), loginWith(context, control, control.password)];
  if (login === null || idle === null) return null;
  await backend.send(idle);
  const before = await backend.send(login);
  if (!isIn(before)) return null;
  const exchange = await backend.send({ ...request, as: other });
  if (!isGranted(exchange)) return null;
  const [after, again] = [await backend.send(login), await backend.send(login)];
  if (!isOut(after) || !isOut(again)) return null;
  await backend.send(idle);
  return isIn(await backend.send(idle)) ? { before, exchange, after } : null;
}

function isIn(exchange: Exchange): boolean {
  return isGranted(exchange) && letsIn(exchange);
}

/** Refused for who asks: not for how often, and not for a fault of the backend. */
function isOut(exchange: Exchange): boolean {
  const isRefused = [400, 401, 403, 404, 410, 422].includes(status(exchange) ?? 0);
  return isRefused || (isSuccess(exchange) && !isIn(exchange));
}
