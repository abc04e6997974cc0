import {
  type Contract,
  type Exchange,
  inferShape,
  nobody,
  type Instance,
  type Json,
  type ProbeContext,
  type Random,
  readContract,
  type RequestSpec,
} from '@assay/contract';
import { exchangeOf } from './recordings-for-tests.ts';

/** What a scripted backend answers: a status, and the body as JSON. */
export type Answer = readonly [status: number, body?: Json, headers?: Readonly<Record<string, string>>];

/**
 * An instance that answers from a function, for tests of what decides which requests are sent. Nothing about a backend is proven with it.
 * What it was asked is kept in `asked`.
 */
export function scripted(
  answer: (line: string, body: Json | undefined) => Answer,
): Instance & { readonly asked: string[] } {
  const asked: string[] = [];
  const cannot = (): never => {
    throw new Error('a scripted instance only answers requests');
  };
  return {
    asked,
    id: 'i-1',
    wire: null,
    alive: true,
    send: async (request: RequestSpec): Promise<Exchange> => {
      const line = `${request.method} ${request.target}`;
      asked.push(line);
      const sent = typeof request.body === 'string' ? (JSON.parse(request.body) as Json) : undefined;
      const [status, body = null, headers = {}] = answer(line, sent);
      const exchange = exchangeOf(line, status, { body, headers: { 'content-type': 'application/json', ...headers } });
      return { ...exchange, request: { ...exchange.request, headers: request.headers ?? [] } };
    },
    raw: cannot,
    kill: cannot,
    stop: cannot,
    start: cannot,
    sql: cannot,
    canary: cannot,
    authority: '127.0.0.1:1',
    connect: cannot,
    log: () => [],
    usage: () => [],
  };
}

/** What a probe is given, with a scripted instance in place of a backend. */
export function contextOf(contract: Contract, backend: Instance, change: Partial<ProbeContext> = {}): ProbeContext {
  let words = 0;
  const random: Random = {
    seed: 1,
    next: () => 0.5,
    integer: (min) => min,
    pick: (from) => {
      const [first] = from;
      if (first === undefined) throw new Error('nothing to pick from');
      return first;
    },
    unique: (prefix) => `${prefix}word${(words += 1)}`,
  };
  const context: ProbeContext = {
    contract,
    shape: inferShape(contract),
    challenge: null,
    env: {},
    random,
    backend,
    identities: nobody,
    stack: { language: 'JavaScript', framework: 'Express', runtime: null },
    reference: () => Promise.resolve({ unavailable: 'this is a test' }),
    fresh: () => Promise.resolve(backend),
    signal: new AbortController().signal,
    remaining: () => 60_000,
    focus: null,
    progress: () => {},
    shared: (_key, make) => make(context),
    ...change,
  };
  return context;
}

/** A contract from its paths alone. */
export function contractOf(paths: Json, schemas: Json = {}): Contract {
  const document = { openapi: '3.1.0', info: { title: 't', version: '1' }, paths, components: { schemas } };
  return readContract({ path: 'openapi.json', text: JSON.stringify(document) });
}
