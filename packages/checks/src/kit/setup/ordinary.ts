import { setTimeout as pause } from 'node:timers/promises';
import { type Exchange, type Instance, type ProbeContext, type RequestSpec, responseHeaderOf } from '@assay/contract';
import { withoutQuery } from '../answers/list-walk.ts';
import { isSuccess, status } from '../words.ts';
import { keptResources } from './creations.ts';
import { type Setup, SetupFailed } from './setup.ts';

/** How many requests ask whether a backend serves, at the same time, so that not one good connection answers for all. */
const batch = 6;
/** How many rounds of them in a row are served by a backend that does: of several processes one alone may have noticed the trouble, and be asked seldom. */
export const goodRounds = 4;
/** How long it may take to serve again after the trouble has gone. */
const recoveryMs = 20_000;
/** How long where it refuses everything at once: a circuit breaker that opened in the trouble tries again by itself, after 30 s most often. */
const breakerMs = 35_000;
/** What refuses at once has answered by then. Milliseconds. */
const atOnceMs = 1000;
/** How much later a backend may ask its clients to come back: a circuit breaker that has opened is often tried again after a minute. Milliseconds. */
const mostAskedMs = 60_000;
/** How much later than it said. Milliseconds. */
const graceMs = 5000;

/** Requests that read: those that are answered with success now, at most one for each kind of thing and each list. */
export async function ordinaryRequests(
  context: ProbeContext,
  setup: Setup,
): Promise<{ readonly requests: readonly RequestSpec[]; readonly before: readonly Exchange[] }> {
  const requests: RequestSpec[] = [];
  const before: Exchange[] = [];
  for (const request of await candidates(context, setup)) {
    if (context.signal.aborted || requests.length === batch) break;
    const exchange = await context.backend.send(request);
    if (!isSuccess(exchange)) continue;
    requests.push(request);
    before.push(exchange);
  }
  return { requests, before };
}

async function candidates(context: ProbeContext, setup: Setup): Promise<readonly RequestSpec[]> {
  const found: RequestSpec[] = [];
  const add = async (make: () => Promise<RequestSpec>): Promise<void> => {
    try {
      found.push(await make());
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  };
  for (const resource of keptResources(context.shape.resources)) {
    await add(async () => {
      const { id } = await setup.some(resource.name);
      return setup.request(resource.read ?? '', { [`path:${resource.idParameter ?? 'id'}`]: id });
    });
  }
  for (const resource of context.shape.resources) {
    for (const { operation } of resource.lists) {
      await add(async () => withoutQuery(await setup.request(operation)));
    }
  }
  return found;
}

/** Whether a backend came to serve again. */
export interface Recovery {
  readonly recovered: boolean;
  /** How many requests failed before it did. */
  readonly failed: number;
  readonly sent: number;
  /** The last that failed; null when none did. */
  readonly last: Exchange | null;
  /** How long it had. Milliseconds. */
  readonly givenMs?: number;
  /** The time of the check was up before the backend's. */
  readonly cutShort: boolean;
}

/** Serves: an answer came, and it is not that something is wrong on the server's side. */
export function isServed(exchange: Exchange): boolean {
  return (status(exchange) ?? 500) < 500;
}

/** How long an answer of 503 asks its client to wait. Milliseconds; 0 where it does not say. */
function askedToWaitMs(exchange: Exchange): number {
  const asked = status(exchange) === 503 ? (responseHeaderOf(exchange, 'retry-after')?.trim() ?? '') : '';
  // Seconds, or a date (RFC 9110, "Retry-After").
  const ms = /^\d+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - Date.now();
  return ms > 0 ? Math.min(ms, mostAskedMs) : 0;
}

/** As a circuit breaker does that is open: without asking the database. */
function isRefusedAtOnce(exchange: Exchange): boolean {
  return status(exchange) === 503 && exchange.durationMs < atOnceMs;
}

/** How long a backend had to serve again, in words. */
export function given({ givenMs = recoveryMs }: Recovery): string {
  return `${Math.round(givenMs / 1000)} s`;
}

/**
 * Sends ordinary requests, several at a time, until some rounds of them in a row are served, or the time is up: no sooner than a backend said at
 * first, and later where it goes on refusing all that it does not serve at once.
 */
export async function recovery(
  context: ProbeContext,
  instance: Instance,
  requests: readonly RequestSpec[],
): Promise<Recovery> {
  const began = performance.now();
  let end = began + recoveryMs;
  let refuses = false;
  let wasAsked = false;
  let sent = 0;
  let failed = 0;
  let last: Exchange | null = null;
  let good = 0;
  const isInTime = (): boolean => {
    if (performance.now() >= end && refuses) end = Math.max(end, began + breakerMs);
    return performance.now() < end;
  };
  // Whoever serves when the time is up is asked on.
  while (good < goodRounds && instance.alive && (good > 0 || isInTime()) && !context.signal.aborted) {
    const round = Array.from({ length: batch }, (_, index) => requests[index % requests.length]).filter(
      (request) => request !== undefined,
    );
    const answers = await Promise.all(
      round.map((request) => instance.send(request, { timeoutMs: recoveryMs / 2, signal: context.signal })),
    );
    const bad = answers.filter((exchange) => !isServed(exchange));
    refuses = bad.length > 0 && bad.every(isRefusedAtOnce);
    const asked = Math.max(0, ...bad.map(askedToWaitMs));
    if (!wasAsked && asked > graceMs) {
      wasAsked = true;
      end = Math.max(end, performance.now() + asked + graceMs);
    }
    sent += answers.length;
    failed += bad.length;
    last = bad.at(-1) ?? last;
    good = bad.length === 0 ? good + 1 : 0;
    if (bad.length > 0) await pause(200, undefined, { signal: context.signal }).catch(() => undefined);
  }
  return {
    recovered: good === goodRounds,
    failed,
    sent,
    last,
    givenMs: end - began,
    cutShort: context.signal.aborted,
  };
}
