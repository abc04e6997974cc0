import { isJsonObject, type Json, type JsonObject } from '../../vocabulary/json.ts';
import type { Offsets } from '../source/parsed-source.ts';

/** Lets what is made of a part of a document stand where that part stood. */
export class Standing {
  readonly offsets: Offsets;

  constructor(offsets: Offsets) {
    this.offsets = new Map(offsets);
  }

  /** `made` stands where `old` stands, member by member; `moved` names the old member for one that has another name now. */
  as<T extends object>(old: object, made: T, moved: Readonly<Record<string, string>> = {}): T {
    const known = this.offsets.get(old);
    if (known === undefined) return made;
    const offsets = new Map<string, number>();
    for (const key of Object.keys(made)) {
      const offset = known.get(moved[key] ?? key);
      if (offset !== undefined) offsets.set(key, offset);
    }
    this.offsets.set(made, offsets);
    return made;
  }

  /** Each member of an object by itself; those that become nothing are left out. What is no object stays for the reader to complain of. */
  each(object: Json | undefined, change: (value: Json, key: string) => Json | undefined): Json {
    if (object === undefined) return {};
    if (!isJsonObject(object)) return object;
    const made: JsonObject = Object.fromEntries(
      Object.entries(object).flatMap(([key, value]) => {
        const changed = change(value, key);
        return changed === undefined ? [] : [[key, changed] as const];
      }),
    );
    return this.as(object, made);
  }
}
