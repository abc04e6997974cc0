import type { Json, Operation, ProbeContext, RequestCase } from '@assay/contract';
import { operationOf } from '../requests/cases.ts';
import { pinned } from '../requests/pin.ts';
import type { Made } from './setup.ts';

type Places = Readonly<Record<string, Json>>;

/** Where things are: a report is in the project in which it was made, and a request that names another one asks for nothing. */
export class Whereabouts {
  readonly #context: Pick<ProbeContext, 'contract' | 'shape'>;
  readonly #known = new Map<string, Made>();

  constructor(context: Pick<ProbeContext, 'contract' | 'shape'>) {
    this.#context = context;
  }

  note(made: Made): void {
    this.#known.set(keyOf(made.resource, made.id), made);
  }

  known(resource: string, id: Json): Made | undefined {
    return this.#known.get(keyOf(resource, id));
  }

  /** What else the operation's path has to say when it names these things, as binding targets. */
  places(operation: Operation, own: Places, resourceAt: (target: string) => string | undefined): Places {
    const found: Record<string, Json> = {};
    for (const [target, id] of Object.entries(own)) {
      const made = target.startsWith('path:') ? this.#known.get(keyOf(resourceAt(target) ?? '', id)) : undefined;
      if (made !== undefined) Object.assign(found, this.#of(made, operation));
    }
    return found;
  }

  /** Whether a thing is where the operation's path already says. */
  fits(made: Made, operation: Operation, places: Places): boolean {
    return Object.entries(this.#of(made, operation)).every(
      ([target, id]) => !(target in places) || String(places[target]) === String(id),
    );
  }

  /** A request that makes a thing, so that it is made where the operation's path already says. */
  placed(request: RequestCase, operation: Operation, places: Places): RequestCase {
    const make = operationOf(this.#context.contract, request.operation);
    let placed = request;
    for (const [target, name] of Object.entries(sharedPath(operation, operation.path, make))) {
      const id = places[`path:${String(name).slice(1, -1)}`];
      if (id !== undefined) placed = pinned(placed, target, id);
    }
    return placed;
  }

  #of({ resource, exchange }: Made, operation: Operation): Places {
    const make = this.#context.shape.resources.find(({ name }) => name === resource)?.create ?? null;
    if (make === null || operation.soap !== null) return {};
    return sharedPath(operationOf(this.#context.contract, make), exchange.request.target, operation);
  }
}

function keyOf(resource: string, id: Json): string {
  return JSON.stringify([resource, String(id)]);
}

/**
 * What stands in the target of one operation's request, by the parameters of another, as far as both paths read alike from the start
 * (`/projects/{id}/reports` and `/projects/{projectId}/reports/{reportId}`).
 */
export function sharedPath(operation: Operation, target: string, other: Operation): Places {
  const [asked = [], own = [], theirs = []] = [target.split(/[?#]/)[0] ?? '', operation.path, other.path].map((path) =>
    path.split('/'),
  );
  const found: Record<string, Json> = {};
  for (const [index, segment] of own.entries()) {
    const opposite = theirs[index] ?? '';
    const name = nameOf(opposite);
    const isParameter = nameOf(segment) !== null;
    if (isParameter !== (name !== null) || (!isParameter && segment !== opposite)) break;
    const value = asked[index];
    if (name !== null && value !== undefined) found[`path:${name}`] = decoded(value);
  }
  return found;
}

function nameOf(segment: string): string | null {
  return /^\{([^{}]+)\}$/.exec(segment)?.[1] ?? null;
}

/** A segment of a path as it was meant; as it is where it was never encoded. */
export function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
