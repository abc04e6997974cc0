import { Fault } from '../../vocabulary/fault.ts';
import type { ContractProblem } from '../../vocabulary/report.ts';
import type { Place } from './place.ts';

/**
 * `dangling`: a reference that leads nowhere. `broken`: the author's meaning is lost there, and what rests on it is left out. `odd`: the document breaks a rule, but what was meant
 * is plain enough to go on with.
 */
type Gravity = 'dangling' | 'broken' | 'odd';

interface Entry {
  readonly place: Place;
  readonly message: string;
  readonly gravity: Gravity;
}

/** Collects what is wrong with a document while it is read. */
export class ProblemLog {
  readonly #entries = new Map<string, Entry>();

  broken(place: Place, message: string): void {
    this.#add({ place, message, gravity: 'broken' });
  }

  dangling(place: Place, message: string): void {
    this.#add({ place, message, gravity: 'dangling' });
  }

  odd(place: Place, message: string): void {
    this.#add({ place, message, gravity: 'odd' });
  }

  /** In the order of the document; those in referenced files last. */
  problems(): readonly ContractProblem[] {
    return this.#sorted().map(problemOf);
  }

  get hasDangling(): boolean {
    return [...this.#entries.values()].some((entry) => entry.gravity === 'dangling');
  }

  /** The fault that names the first place whose meaning is lost. */
  firstBroken(): Fault | null {
    const broken = this.#sorted().filter((entry) => entry.gravity !== 'odd');
    // What leads nowhere is the cause, and what is left out for it stands before it as often as not.
    const first = broken.find((entry) => entry.gravity === 'dangling') ?? broken[0];
    return first === undefined ? null : faultAt(first.place, first.message, broken.length - 1);
  }

  #add(given: Entry): void {
    const entry = { ...given, message: asWritten(given.message, given.place) };
    const key = `${entry.place.source.name}#${entry.place.pointer}\n${entry.message}`;
    if (!this.#entries.has(key)) this.#entries.set(key, entry);
  }

  #sorted(): readonly Entry[] {
    const names = [...new Set([...this.#entries.values()].map((entry) => entry.place.source.name))];
    const rank = (entry: Entry) => (entry.place.source.referenced ? names.indexOf(entry.place.source.name) + 1 : 0);
    return [...this.#entries.values()].sort(
      (a, b) => rank(a) - rank(b) || (a.place.offset ?? 0) - (b.place.offset ?? 0),
    );
  }
}

/** In the words of the document: what was rewritten from Swagger 2.0 stood elsewhere there. */
function asWritten(message: string, { source }: Place): string {
  return source.isSwagger === true
    ? message
        .replaceAll('#/components/schemas/', '#/definitions/')
        .replaceAll(/#\/components\/(parameters|responses)\//g, '#/$1/')
        .replaceAll('no effect in OpenAPI 3.0', 'no effect in Swagger 2.0')
    : message;
}

function problemOf({ place, message }: Entry): ContractProblem {
  const { text, name } = place.source;
  const position = text === null || place.offset === null ? null : text.position(place.offset);
  const pointer = place.source.referenced ? `${name}#${place.pointer}` : place.pointer;
  return { message, line: position?.line ?? null, column: position?.column ?? null, pointer };
}

/** The fault that says the same as a problem would. `others`: how many more of the kind there are. */
export function faultAt(place: Place, message: string, others = 0): Fault {
  const { text, name } = place.source;
  const more =
    others === 0
      ? ''
      : others === 1
        ? ' (and one more problem of this kind)'
        : ` (and ${others} more problems of this kind)`;
  if (text === null || place.offset === null)
    return new Fault('bad-contract', `${name}#${place.pointer}: ${message}${more}`);
  const { line, column } = text.position(place.offset);
  return new Fault('bad-contract', `${name}:${line}:${column}: ${message}${more}\n${text.excerpt(place.offset)}`);
}

/** `openapi.yaml:7:5: what`, as editors and terminals make it clickable. */
export function describeProblem(source: string, problem: ContractProblem): string {
  // A path may hold `#` itself (`/token#refresh`): a pointer into the document begins where its paths stand.
  const hash = /^\/(?:paths|webhooks)\//.test(problem.pointer) ? -1 : problem.pointer.indexOf('#');
  const file = hash > 0 ? problem.pointer.slice(0, hash) : source;
  const where =
    problem.line === null
      ? `${file}#${problem.pointer.slice(hash + 1)}`
      : `${file}:${problem.line}:${problem.column ?? 1}`;
  return `${where}: ${problem.message}`;
}
