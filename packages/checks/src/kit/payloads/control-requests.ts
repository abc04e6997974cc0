import { encodeRequest, type Exchange, type Operation, type ProbeContext, type RequestCase } from '@assay/contract';
import { isTurnedAway } from '../answers/turned-away.ts';
import { bodySchema } from '../requests/body-schema.ts';
import { status } from '../words.ts';

/** Ordinary requests, as controls for those with something planted. */
export interface Controls {
  /** How many operations took one. */
  readonly accepted: number;
  /** How many took none. */
  readonly refused: number;
  /** The last answer of those; null when there are none. */
  readonly refusal: Exchange | null;
}

/** A second one is another: the first may have spoken of something that is not there, or is there already. */
const attempts = 2;
const mostOperations = 20;
/** What was planted may keep the backend busy for a while. Milliseconds. */
const patienceMs = 5_000;

/**
 * Asks operations without anything planted: those that take several members in a body, for where there is but one value, it was that which was refused. The
 * login is left out, and what turns the person away: whose password is wrong learns nothing else.
 */
export async function controlsOf(
  context: ProbeContext,
  operations: readonly Operation[],
  ordinary: (operation: Operation) => Promise<RequestCase | null>,
): Promise<Controls> {
  let accepted = 0;
  let refused = 0;
  let refusal: Exchange | null = null;
  const login = context.shape.signIn?.login?.operation;
  const asked = operations.filter((one) => one.id !== login && takesSeveral(context, one));
  for (const operation of asked.slice(0, mostOperations)) {
    const exchanges: Exchange[] = [];
    for (let attempt = 0; attempt < attempts && !context.signal.aborted; attempt += 1) {
      const request = await ordinary(operation);
      if (request === null) break;
      const exchange = await context.backend.send(encodeRequest(operation, request), {
        timeoutMs: patienceMs,
        signal: context.signal,
      });
      exchanges.push(exchange);
      if (isHeard(exchange)) break;
    }
    const last = exchanges.at(-1);
    if (last === undefined || exchanges.some(isTurnedAway)) continue;
    if (isHeard(last)) accepted += 1;
    else {
      refused += 1;
      refusal = last;
    }
  }
  return { accepted, refused, refusal };
}

function takesSeveral({ contract }: ProbeContext, operation: Operation): boolean {
  if (operation.method === 'GET' || operation.method === 'DELETE') return false;
  return Object.keys(bodySchema(contract, operation)?.['properties'] ?? {}).length > 1;
}

/** Whether what was sent came to be looked at: it was taken, or is there already. */
function isHeard(exchange: Exchange): boolean {
  const code = status(exchange) ?? 0;
  return (code >= 200 && code < 400) || code === 409;
}
