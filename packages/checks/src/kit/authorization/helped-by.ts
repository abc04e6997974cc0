import type { Instance, ProbeContext } from '@assay/contract';
import { sendingThrough } from '../identity/sending-through.ts';
import { status } from '../words.ts';

/** What the owner may not make, and needs for something of their own, is made by whoever makes everything else: a doctor's hours, for who wants to book one. */
export function helpedBy(
  { backend, shape }: ProbeContext,
  asOwner: Instance,
  mayBeHelped: (create: string) => boolean,
): Instance {
  const creations = new Set(shape.resources.map(({ create }) => create));
  return sendingThrough(asOwner, async (request, options) => {
    const exchange = await asOwner.send(request, options);
    const { operation, as } = request;
    if (status(exchange) !== 403 || as !== undefined || operation === undefined) return exchange;
    if (!creations.has(operation) || !mayBeHelped(operation)) return exchange;
    const helped = await backend.send(request, options);
    // Refused for what it says, it is asked again with other words.
    return [401, 403].includes(status(helped) ?? 403) ? exchange : helped;
  });
}
