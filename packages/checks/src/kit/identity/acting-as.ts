import type { Identity, Instance } from '@assay/contract';
import { sendingThrough } from './sending-through.ts';

/**
 * The instance as this person uses it: requests that do not say who sends them are sent as theirs.
 * @param besides operations that others are asked for as ever, such as those for a role
 */
export function actingAs(
  instance: Instance,
  identity: Identity,
  besides: ReadonlySet<string> = new Set<string>(),
): Instance {
  return sendingThrough(instance, (request, options) =>
    request.as !== undefined || besides.has(request.operation ?? '')
      ? instance.send(request, options)
      : instance.send({ ...request, as: identity }, options),
  );
}
