import {
  bodyJson,
  encodeRequest,
  type Exchange,
  type Instance,
  isJsonObject,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestSpec,
  type Resource,
} from '@assay/contract';
import { type Counterpart, counterpart } from '../answers/counterpart.ts';
import { differences } from '../comparison/compare.ts';
import { isGone } from '../reading/read-back.ts';
import { askedUntil, lostAfterMs } from '../reading/still-there.ts';
import { operationOf, plainCases } from '../requests/cases.ts';
import { withoutConditions } from '../requests/without-conditions.ts';
import { Setup, SetupFailed } from '../setup/setup.ts';
import { isCarriedOut, isSuccess } from '../words.ts';

/** A change that was acknowledged at the moment of a kill, and is not there afterwards. */
export interface LostChange {
  readonly written: Exchange;
  readonly read: Exchange;
  /** The member that has its old value again; null for a thing that was deleted and is there. */
  readonly place: string | null;
  readonly sent: Json;
  readonly back: Json;
}

export interface KilledChanges {
  readonly acknowledged: readonly Exchange[];
  /** How many of them a read could tell of afterwards. */
  readonly told?: number;
  /** How often the backend was killed; one where nothing is said. */
  readonly kills?: number;
  readonly lost: readonly LostChange[];
}

/** How many changes and deletions at most are under way before the kill. */
const mostChanges = 4;
const mostDeletions = 2;
/** A backend that takes longer to start is killed once. Milliseconds. */
const longStart = 4000;
/** The time that one more kill, a start and the reads after it may need. Milliseconds. */
const timeOfTurn = 15_000;

interface Ready {
  readonly resource: Resource;
  readonly request: RequestSpec;
  readonly read: RequestSpec;
  readonly sent: Json;
  readonly before: Exchange;
  /** Places of the body that the next read showed when the same was done to another thing and nobody was killed; null for a deletion. */
  readonly kept: readonly string[] | null;
}

/**
 * Changes and deletes things at the same time, kills the backend at the first acknowledgement, and reads what was acknowledged after it was started again; then the
 * same with the others. A kill at the last acknowledgement would give all others the time to be written after they were answered. The database is slow to
 * write meanwhile. Only what an ordinary read showed of the same change can be lost. Throws SetupFailed when it does not start again.
 */
export async function killedChanges(
  context: ProbeContext,
  delayMs: number,
  patienceMs = lostAfterMs,
): Promise<KilledChanges> {
  const { backend, signal } = context;
  let waiting = await prepared(context);
  const acknowledged: Exchange[] = [];
  const lost: LostChange[] = [];
  let [told, kills] = [0, 0];
  while (waiting.length > 0 && !signal.aborted) {
    const rule = backend.wire?.rule({ do: 'delay', match: { kind: 'write' }, ms: delayMs });
    const answers = await killedAtFirst(backend, waiting);
    rule?.remove();
    kills += 1;
    const restarted = await backend.start();
    if (!restarted.ready) throw new SetupFailed(`it does not start again: ${restarted.reason}`);
    for (const [one, write] of answers) {
      if (!isCarriedOut(write)) continue;
      acknowledged.push(write);
      // What is shown may follow what was written, after a start as well.
      const read = await askedUntil(
        () => backend.send(one.read),
        (answer) => lossesOf(one, write, answer).length === 0,
        { signal, patienceMs },
      );
      if (isSuccess(read) || isGone(read)) told += 1;
      if (!signal.aborted) lost.push(...lossesOf(one, write, read));
    }
    waiting = waiting.filter((one) => !answers.has(one));
    if (lost.length > 0 || restarted.durationMs > longStart || context.remaining() < timeOfTurn) break;
  }
  return { acknowledged, told, kills, lost };
}

/** Sends all at the same time and kills at the first acknowledgement, or when all are answered. What has no answer by then may be there or not. */
async function killedAtFirst(backend: Instance, all: readonly Ready[]): Promise<ReadonlyMap<Ready, Exchange>> {
  const answers = new Map<Ready, Exchange>();
  let killing: Promise<void> | null = null;
  const kill = (): void => {
    killing ??= backend.kill();
    // It is waited for below, once the others have ended.
    killing.catch(() => undefined);
  };
  await Promise.all(
    all.map(async (one) => {
      const exchange = await backend.send(one.request);
      // What was heard after the kill was issued says nothing for certain.
      if (killing !== null) return;
      answers.set(one, exchange);
      if (isCarriedOut(exchange)) kill();
    }),
  );
  kill();
  await killing;
  return answers;
}

interface Plan {
  readonly resource: Resource;
  readonly operation: Operation;
}

function plansOf({ contract, shape }: ProbeContext): readonly Plan[] {
  const kept = shape.resources.filter(({ create, read }) => create !== null && read !== null);
  const plans = (pick: (resource: Resource) => string | null): readonly Plan[] =>
    kept.flatMap((resource) => {
      const id = pick(resource);
      return id === null ? [] : [{ resource, operation: operationOf(contract, id) }];
    });
  return [
    ...plans(({ patch, replace }) => patch ?? replace).slice(0, mostChanges),
    ...plans(({ remove }) => remove).slice(0, mostDeletions),
  ];
}

async function prepared(context: ProbeContext): Promise<readonly Ready[]> {
  const setup = new Setup(context);
  const ready: Ready[] = [];
  for (const plan of plansOf(context)) {
    if (context.signal.aborted) break;
    try {
      const one = await prepare(context, setup, plan);
      if (one !== null) ready.push(one);
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  }
  return ready;
}

async function prepare(context: ProbeContext, setup: Setup, { resource, operation }: Plan): Promise<Ready | null> {
  const isDeletion = operation.id === resource.remove;
  const [next] = plainCases(context, operation, 'killed').take(1);
  if (next === undefined || (!isDeletion && !isJsonObject(next.body?.value))) return null;
  const on = async () => {
    const { id } = await setup.make(resource.name);
    const own = { [`path:${resource.idParameter ?? 'id'}`]: id };
    const read = withoutConditions(await setup.request(resource.read ?? '', own));
    const bound = await setup.bind(operation, next, own);
    return { read, bound, request: withoutConditions(encodeRequest(operation, bound)) };
  };
  const { backend } = context;
  const trial = await on();
  const write = await backend.send(trial.request);
  const after = await backend.send(trial.read);
  if (!isCarriedOut(write) || (isDeletion ? !isGone(after) : !isSuccess(after))) return null;
  const kept = isDeletion ? [] : keptNames(resource, trial.bound.body?.value as Json, after);
  if (!isDeletion && kept.length === 0) return null;
  const one = await on();
  const before = await backend.send(one.read);
  if (!isSuccess(before)) return null;
  return {
    resource,
    request: one.request,
    read: one.read,
    sent: one.bound.body?.value as Json,
    before,
    kept: isDeletion ? null : kept,
  };
}

function pairOf({ idPointer }: Resource, sent: Json, read: Exchange): Counterpart {
  return counterpart({ idPointer }, sent, (bodyJson(read.response?.body) as Json | undefined) ?? null);
}

/** Members of what was sent that a read shows as they were sent. */
function keptNames(resource: Resource, whole: Json, read: Exchange): readonly string[] {
  const { sent, back } = pairOf(resource, whole, read);
  if (!isJsonObject(sent) || !isJsonObject(back)) return [];
  return Object.keys(sent).filter(
    (name) => name in back && differences(sent[name] ?? null, back[name] ?? null).length === 0,
  );
}

function lossesOf({ resource, kept, sent, before }: Ready, written: Exchange, read: Exchange): readonly LostChange[] {
  if (!isSuccess(read)) return [];
  if (kept === null) return [{ written, read, place: null, sent: null, back: null }];
  const now = pairOf(resource, sent, read);
  const then = pairOf(resource, sent, before);
  const stillKept = keptNames(resource, sent, read);
  return kept.flatMap((name) => {
    const [wanted, is, was] = [now.sent, now.back, then.back].map((each) =>
      isJsonObject(each) ? (each[name] ?? null) : null,
    );
    // Any other value than the old one is somebody's later doing.
    if (stillKept.includes(name) || JSON.stringify(is) !== JSON.stringify(was)) return [];
    return [{ written, read, place: `${now.at}/${name}`, sent: wanted ?? null, back: is ?? null }];
  });
}
