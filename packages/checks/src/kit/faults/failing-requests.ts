import {
  encodeRequest,
  type Exchange,
  type InvalidRequestCase,
  invalidRequests,
  type Operation,
  type ProbeContext,
  type RequestSpec,
  UnsupportedSchema,
} from '@assay/contract';
import { isTurnedAway } from '../answers/turned-away.ts';
import { plainCases, sample } from '../requests/cases.ts';
import { type Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess } from '../words.ts';
import { faultSubject } from './fault-subjects.ts';

/** A way in which requests end, each time on the path that code forgets. */
export interface Ending {
  readonly operation: string;
  /** `is refused as invalid`: goes on after `createTodo`. */
  readonly how: string;
  send(): Promise<Exchange>;
}

/** How long a request is given; one that waits for a connection would wait longer. */
export const timeoutMs = 3000;
/** How long nothing may happen on the wire before what a client gave up counts as done. */
const quietMs = 25;

/** The ways in which requests to an operation can end, apart from success. */
export async function endings(context: ProbeContext, setup: Setup, operation: Operation): Promise<readonly Ending[]> {
  const { instance } = setup;
  const send = (request: RequestSpec): Promise<Exchange> =>
    instance.send(request, { timeoutMs, signal: context.signal });
  const found: Ending[] = [];
  const add = (how: string, sending: () => Promise<Exchange>): void => {
    found.push({ operation: operation.id, how, send: sending });
  };
  const invalid = invalidOf(context, operation);
  if (invalid !== null) {
    const bound = await setup.bind(operation, invalid, {}, (target) => target.startsWith('body:'));
    add('is refused as invalid', () => send(encodeRequest(operation, bound)));
  }
  found.push(...naming(context, setup, operation, send));
  // What is undone or refused leaves its thing as it was, so one will do.
  const { request } = await (await faultSubject(context, setup, operation)).prepare();
  if (creates(context, operation)) {
    // Made by itself: what it takes is not to be in the way of the others.
    const { request: taken } = await (await faultSubject(context, setup, operation)).prepare();
    if (isSuccess(await send(taken)) && isRefused(await send(taken)))
      add('says what is there already', () => send(taken));
  }
  const condition = operation.parameters.find(({ in: at, name }) => at === 'header' && /^if-match$/i.test(name));
  if (condition !== undefined) {
    const headers = [...(request.headers ?? []), [condition.name, '"never-had"'] as const];
    add('fails its condition', () => send({ ...request, headers }));
  }
  add('gets an error from the database', async () => {
    const rule = instance.wire?.rule({
      do: 'fail',
      match: { kind: 'write' },
      code: '53100',
      message: 'could not extend file: No space left on device',
      times: 1,
    });
    try {
      return await send(request);
    } finally {
      rule?.remove();
    }
  });
  add('is given up by its client', async () => {
    const client = new AbortController();
    const held = instance.wire?.rule({ do: 'hold', match: { kind: 'write' }, times: 1 });
    try {
      const sent = instance.send(request, { timeoutMs, signal: AbortSignal.any([context.signal, client.signal]) });
      const reached = held?.waitForHits(1, client.signal).catch(() => undefined);
      await Promise.race([sent, reached]);
      client.abort();
      return await sent;
    } finally {
      client.abort();
      held?.remove();
      // The backend goes on with it; the next one is not to come beside it.
      await instance.wire?.idle(quietMs, context.signal);
    }
  });
  return found;
}

/** The same for an operation that reads: what it is asked for is not there. */
export function readingEndings(context: ProbeContext, setup: Setup, operation: Operation): readonly Ending[] {
  return naming(context, setup, operation, (request) =>
    setup.instance.send(request, { timeoutMs, signal: context.signal }),
  );
}

function naming(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  send: (request: RequestSpec) => Promise<Exchange>,
): readonly Ending[] {
  if (!setup.bindingsOf(operation.id).some(({ target }) => !target.startsWith('query:'))) return [];
  const cases = plainCases(context, operation, 'endings');
  return [
    {
      operation: operation.id,
      how: 'names what is not there',
      send: () => {
        const next = cases.next().value;
        if (next === undefined) throw new SetupFailed(`no valid request can be generated for ${operation.id}`);
        return send(encodeRequest(operation, setup.freshKey(operation, next)));
      },
    },
  ];
}

/** Whether it makes a new thing each time, or should. */
export function creates({ shape }: Pick<ProbeContext, 'shape'>, { id, method }: Operation): boolean {
  return method === 'POST' && shape.resources.some(({ create }) => create === id);
}

function isRefused(exchange: Exchange): boolean {
  return exchange.response !== undefined && !isSuccess(exchange) && !isTurnedAway(exchange);
}

function invalidOf(context: ProbeContext, operation: Operation): InvalidRequestCase | null {
  if (operation.requestBody === null) return null;
  try {
    const found = sample(invalidRequests(context.contract, operation), context.random.seed, 16);
    return found.find(({ violation }) => violation.where === 'body') ?? null;
  } catch (error) {
    if (error instanceof UnsupportedSchema) return null;
    throw error;
  }
}
