import type { Exchange, Operation, ProbeContext, RequestSpec } from '@assay/contract';
import { streamsEvents } from '../answers/event-streams.ts';
import { isWayOut } from '../requests/way-out.ts';
import { Setup, SetupFailed } from '../setup/setup.ts';
import { methodOf } from '../soap/by-schema.ts';
import { status } from '../words.ts';
import type { Probe } from './explore.ts';

type Field = readonly [name: string, value: string];

/** Fields that any client, or a proxy on the way, may send, with values that the grammar of RFC 9110 (or RFC 7239) does not allow. */
const ofEach: readonly Field[] = [
  ['X-Forwarded-For', 'amber, ,;'],
  ['Forwarded', 'for=;by="'],
  ['Accept', 'amber; q=;,/'],
  ['Accept-Language', ';q=amber'],
  ['Traceparent', '00-amber'],
];
const ofReads: readonly Field[] = [
  ['If-None-Match', 'amber"'],
  ['If-Modified-Since', 'the day before'],
  ['Range', 'bytes=amber-'],
];
const ofWrites: readonly Field[] = [
  ['If-Match', 'amber"'],
  ['If-Unmodified-Since', 'the day before'],
];

/** What was looked at, and the requests at which the backend failed although it does not fail without the field. */
export interface MalformedHeaders {
  readonly looked: number;
  readonly suspects: readonly Probe[];
}

/**
 * Sends one valid request of each operation with malformed header fields, all at once; where the backend fails over that and not without them, it sends each alone.
 * What it answers otherwise is its own affair: a field that it does not know is ignored.
 */
export async function malformedHeaders(context: ProbeContext): Promise<MalformedHeaders> {
  const suspects: Probe[] = [];
  let looked = 0;
  for (const operation of context.contract.operations) {
    if (context.signal.aborted) break;
    if (operation.soap !== null || streamsEvents(operation) || isWayOut(operation)) continue;
    if (context.focus !== null && context.focus !== operation.id) continue;
    context.progress(operation.id);
    const told = await triedAt(context, operation);
    if (told === null) continue;
    looked += 1;
    suspects.push(...told);
  }
  return { looked, suspects };
}

/** Null where no valid request could be made. */
async function triedAt(context: ProbeContext, operation: Operation): Promise<readonly Probe[] | null> {
  const setup = new Setup(context);
  // A thing that was deleted by the last request is not there for the next one.
  const sent = async (fields: readonly Field[]): Promise<Exchange> => {
    const exchange = await context.backend.send(withFields(await setup.request(operation.id), fields));
    if (methodOf(operation) === 'DELETE') setup.forgetAll();
    return exchange;
  };
  const fields = [...ofEach, ...(['GET', 'HEAD'].includes(methodOf(operation)) ? ofReads : ofWrites)];
  try {
    const all = await sent(fields);
    if (!isServerError(all) || isServerError(await sent([]))) return [];
    const suspects: Probe[] = [];
    for (const field of fields) {
      const exchange = await sent([field]);
      if (isServerError(exchange)) suspects.push(probeOf(operation, field[0], exchange));
    }
    if (suspects.length > 0) return suspects;
    // None does it alone: they do it together only if they do so again.
    const again = await sent(fields);
    return isServerError(again) ? [probeOf(operation, null, again)] : [];
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error;
    return null;
  }
}

function isServerError(exchange: Exchange): boolean {
  return (status(exchange) ?? 0) >= 500;
}

function withFields(spec: RequestSpec, fields: readonly Field[]): RequestSpec {
  const names = new Set(fields.map(([name]) => name.toLowerCase()));
  const kept = (spec.headers ?? []).filter(([name]) => !names.has(name.toLowerCase()));
  return { ...spec, headers: [...kept, ...fields] };
}

function probeOf(operation: Operation, header: string | null, exchange: Exchange): Probe {
  const intent = { kind: 'malformed-header' as const, header };
  return { operation: operation.id, intent, exchange, unbound: false, repeats: false, ended: false };
}
