import type { SqlValue } from '@assay/contract';
import { type BoundValues, noParameters } from './frontend-messages.ts';
import type { Run } from './run.ts';
import { type SqlKind, sqlKind } from './sql-kind.ts';

/** A prepared statement. */
export class Prepared {
  readonly text: string;
  /** Types of the parameters: as the client gave them, until the server describes them. */
  types: readonly number[];
  /** Its place among the requests of its connection. */
  readonly sequence: number;
  #kind: SqlKind | undefined;

  constructor(text: string, types: readonly number[], sequence: number) {
    this.text = text;
    this.types = types;
    this.sequence = sequence;
  }

  get kind(): SqlKind {
    this.#kind ??= sqlKind(this.text);
    return this.#kind;
  }
}

/** A prepared statement with its parameters bound. */
export class Portal {
  /** What the client meant as far as could be told; corrected when the server has bound it. */
  prepared: Prepared;
  readonly #values: BoundValues | null;
  #decoded: readonly SqlValue[] = noParameters;
  /** The types with which it was decoded. */
  #decodedAs: readonly number[] | undefined;
  /** The run that began with the first Execute, while more of its rows may be fetched. */
  run: Run | null = null;

  constructor(prepared: Prepared, values: BoundValues | null) {
    this.prepared = prepared;
    this.#values = values;
  }

  parameters(): readonly SqlValue[] {
    if (this.#values === null) return noParameters;
    // The server may have described the types since a rule asked.
    if (this.#decodedAs !== this.prepared.types) {
      this.#decodedAs = this.prepared.types;
      this.#decoded = this.#values.decode(this.prepared.types);
    }
    return this.#decoded;
  }
}

/** Stands for what was made where the proxy could not see it: by PREPARE or DECLARE inside a function, or before a name was lost. */
const unseen = new Prepared('', [], 0);
export const unseenPortal = (): Portal => new Portal(unseen, null);

/** Names that a connection has given to its statements or portals; the empty name is one of them. */
export class Names<T> {
  #unnamed: T | undefined;
  readonly #named = new Map<string, T>();

  get(name: string): T | undefined {
    return name === '' ? this.#unnamed : this.#named.get(name);
  }

  /** Gives the name a new meaning, or takes it away. */
  set(name: string, value: T | undefined): void {
    if (name === '') this.#unnamed = value;
    else if (value === undefined) this.#named.delete(name);
    else this.#named.set(name, value);
  }

  /** The same for what may turn out to fail. Returns how to undo it. */
  change(name: string, value: T | undefined): () => void {
    const before = this.get(name);
    this.set(name, value);
    return () => {
      if (this.get(name) === value) this.set(name, before);
    };
  }

  get namedCount(): number {
    return this.#named.size;
  }

  deleteWhere(gone: (value: T) => boolean): void {
    for (const [name, value] of this.#named) if (gone(value)) this.#named.delete(name);
  }
}
