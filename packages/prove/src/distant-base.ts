import { type Contract, type Exchange, type Operation, responseHeaderOf } from '@assay/contract';
import type { EngineInstance } from '@assay/engine';

/** How many operations are asked for, at most, until one tells. */
const mostAsked = 3;
const patienceMs = 10_000;
const unknownPath = '/no-path-of-anybodys';
/** The pointer of the note by which a run is known to have left the path out. */
const pointer = '/servers';

/**
 * The contract without the path that only a server far away has in front of every other, where the backend does not know it: a simple GET answers 404
 * with it, and something else without it. That is noted among the contract's problems.
 */
export async function withOwnPaths(contract: Contract, instance: EngineInstance): Promise<Contract> {
  const base = contract.distantBase;
  if (base === undefined) return contract;
  const ask = (target: string): Promise<Exchange> =>
    instance.send({ method: 'GET', target }, { check: 'launch/starts', timeoutMs: patienceMs });
  for (const operation of contract.operations.filter((one) => isSimple(one, base)).slice(0, mostAsked)) {
    const far = (await ask(operation.path)).response?.status;
    if (far !== 404) return contract;
    const near = await ask(operation.path.slice(base.length));
    if (isServed(near, operation)) return withoutBase(contract, base);
  }
  return contract;
}

/**
 * Whether the backend knows what a contract describes: one of some simple GETs is served, also without the path that only a server far away has. False
 * where there is none to ask with.
 */
export async function isKnownTo(instance: EngineInstance, contract: Contract): Promise<boolean> {
  const base = contract.distantBase ?? '';
  const ask = (target: string): Promise<Exchange> =>
    instance.send({ method: 'GET', target }, { check: 'launch/starts', timeoutMs: patienceMs });
  const simple = contract.operations.filter((one) => isSimple(one, '')).slice(0, mostAsked);
  if (simple.length === 0) return false;
  // Some answer alike under any path, such as by asking who it is.
  const unknown = kindOf(await ask(unknownPath));
  for (const operation of simple) {
    const near = operation.path.startsWith(`${base}/`) ? operation.path.slice(base.length) : operation.path;
    for (const target of new Set([operation.path, near])) {
      const exchange = await ask(target);
      if (isServed(exchange, operation) && kindOf(exchange) !== unknown) return true;
    }
  }
  return false;
}

function kindOf(exchange: Exchange): string {
  return `${exchange.response?.status ?? 'none'} ${responseHeaderOf(exchange, 'content-type') ?? ''}`;
}

/** The contract as a run saw it, by the problems that it noted. */
export function asNoted(contract: Contract, noted: Contract['problems']): Contract {
  const { distantBase } = contract;
  const isLeftOut = noted.some(({ pointer: at, message }) => at === pointer && message === noteOf(distantBase ?? ''));
  return distantBase !== undefined && isLeftOut ? withoutBase(contract, distantBase) : contract;
}

/** It needs nothing that would have to be made first. */
function isSimple({ method, path, parameters }: Operation, base: string): boolean {
  const isPlain = method === 'GET' && !path.includes('{') && path.startsWith(`${base}/`);
  return isPlain && !parameters.some(({ required }) => required);
}

/** Not the page that a web application shows under any path, nor the way to where one signs in. */
function isServed(exchange: Exchange, operation: Operation): boolean {
  const status = exchange.response?.status ?? 404;
  const type = responseHeaderOf(exchange, 'content-type') ?? '';
  const showsPages = operation.responses.some(({ content }) => content.some(({ mediaType }) => /html/.test(mediaType)));
  return status !== 404 && !(status >= 300 && status < 400) && (showsPages || !/html/i.test(type));
}

function withoutBase(contract: Contract, base: string): Contract {
  return {
    ...contract,
    operations: contract.operations.map((operation) =>
      operation.path.startsWith(`${base}/`) ? { ...operation, path: operation.path.slice(base.length) } : operation,
    ),
    problems: [...contract.problems, { message: noteOf(base), line: null, column: null, pointer }],
  };
}

function noteOf(base: string): string {
  return `the path ${base} of the server, which is far away, is left out: this backend answers 404 with it, and not without it`;
}
