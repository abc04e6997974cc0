import {
  bodyJson,
  encodeRequest,
  type Exchange,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type Resource,
} from '@assay/contract';
import { counterpart } from '../answers/counterpart.ts';
import { withShownVersion } from '../answers/shown-version.ts';
import { othersOf } from '../comparison/own-part.ts';
import { switchesIn, withoutSwitches } from '../comparison/switches.ts';
import type { Update } from '../comparison/update-losses.ts';
import { operationOf } from '../requests/cases.ts';
import { withNeededTag, withoutConditions } from '../requests/without-conditions.ts';
import { idOf } from '../setup/id-of.ts';
import type { Setup } from '../setup/setup.ts';
import { withWhatGoes } from '../setup/with-what-goes.ts';
import { isSuccess, outcome, requestLine, status } from '../words.ts';
import { filledOwn } from './own-things.ts';
import { isGone } from './read-back.ts';

/** What is updated: a thing of this kind, by this operation. */
export interface Updating {
  readonly context: ProbeContext;
  readonly setup: Setup;
  readonly resource: Resource;
  readonly operation: Operation;
  /** What is one's own is there already: where a request names it. */
  readonly own?: Readonly<Record<string, Json>>;
}

/**
 * What was updated and read; null when it was refused, and otherwise why it tells nothing. Throws SetupFailed.
 * @param goes says null of what the thing must have before
 */
export async function updated(
  updating: Updating,
  next: RequestCase,
  goes: RequestCase = next,
): Promise<Update | string | null> {
  const update = await updatedOnce(updating, next, goes);
  if (update === null || typeof update === 'string' || !isHidden(update.after)) return update;
  const { context, resource, operation } = updating;
  const request = next.body === undefined ? next : { ...next, body: { ...next.body, value: update.sent } };
  if (switchesIn(context.contract, operation, request).length === 0) return update;
  // The update itself may have hidden it: archived, not active, not yet published.
  const shown = (bodyJson(update.before.response?.body) as Json | undefined) ?? null;
  const old = counterpart(resource, update.sent, shown).back;
  const plain = withoutSwitches(context.contract, operation, request, old);
  return plain === null
    ? `${outcome(update.after)} after an update that may have hidden it`
    : updatedOnce(updating, plain, goes);
}

function isHidden(read: Exchange): boolean {
  return isGone(read) || [401, 403].includes(status(read) ?? 0);
}

/** A new thing; what is one's own is there already, and is filled. */
async function begun(
  { context, setup, resource, operation, own }: Updating,
  goes: RequestCase,
): Promise<{ readonly id: Json; readonly made: Json | undefined; readonly own: Readonly<Record<string, Json>> }> {
  if (own !== undefined) return { id: null, made: await filledOwn({ context, setup, own }, operation), own };
  const cleared = withWhatGoes(context, setup, operationOf(context.contract, resource.create ?? ''), goes);
  const { id, sent: made } = await setup.make(resource.name, cleared);
  return { id, made, own: { [`path:${resource.idParameter ?? 'id'}`]: id } };
}

async function updatedOnce(updating: Updating, next: RequestCase, goes: RequestCase): Promise<Update | string | null> {
  const { context, setup, resource, operation } = updating;
  const { id, made, own } = await begun(updating, goes);
  const read = await setup.request(resource.read ?? '', own);
  const bare = withoutConditions(read);
  const before = await context.backend.send(bare);
  if (!isSuccess(before)) return `${outcome(before)} before anything was updated`;
  const partial = operation.method === 'PATCH';
  const again = partial ? { again: await context.backend.send(bare) } : {};
  const shown = bodyJson(before.response?.body) as Json | undefined;
  const bound = withShownVersion(context.contract, operation, await setup.bind(operation, next, own), shown);
  const spec = encodeRequest(operation, bound);
  const write = await context.backend.send(withNeededTag(operation, spec, before));
  if (!isSuccess(write)) return null;
  if (status(write) === 202) return `${requestLine(write)} was only accepted (202)`;
  let after = await context.backend.send(bare);
  if (status(after) === 429) return outcome(after);
  if (!isSuccess(after)) {
    // An address made of a title moves with it: the answer tells where to.
    const moved = idOf(resource, write, bodyJson(write.response?.body) as Json | undefined);
    // One that only the backend can know is not looked for.
    if (moved === undefined && typeof id === 'string' && !/^(\d+|[\da-f-]{32,36})$/i.test(id)) return null;
    if (moved !== undefined && id !== null && String(moved) !== String(id))
      after = await context.backend.send(
        withoutConditions(
          await setup.request(resource.read ?? '', { [`path:${resource.idParameter ?? 'id'}`]: moved }),
        ),
      );
  }
  return {
    operation: operation.id,
    partial,
    idPointer: resource.idPointer,
    others: othersOf(context.shape, resource),
    sent: bound.body?.value as Json,
    made,
    ...(updating.own === undefined ? {} : { isOwn: true }),
    before,
    ...again,
    write,
    after,
  };
}
