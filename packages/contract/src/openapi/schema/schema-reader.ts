import { isJsonObject, type Json, type JsonObject } from '../../vocabulary/json.ts';
import type { Schema } from '../../vocabulary/operation.ts';
import { child, members, type Place } from '../source/place.ts';
import type { ProblemLog } from '../source/problem-log.ts';
import { notText, type References } from '../source/references.ts';
import { cutCircles } from './cut-circles.ts';
import { DefinitionNames } from './definition-names.ts';
import { withInheritance } from './inheritance.ts';
import { formOf } from './keywords.ts';
import { nameOfKind } from './name-of-kind.ts';
import { withNull } from './nullable.ts';
import { readSchemaObject } from './schema-object.ts';

/** Rewrites the schemas of a document into JSON Schema 2020-12, and gathers those that others refer to. */
export class SchemaReader {
  readonly #log: ProblemLog;
  readonly #references: References;
  readonly #is30: boolean;
  readonly #names = new DefinitionNames();
  readonly #definitions = new Map<string, Schema>();
  readonly #places = new Map<string, Place>();
  readonly #pending: (readonly [string, Place])[] = [];
  readonly #doubtful = new WeakSet<object>();
  #anyDoubt = false;

  constructor(log: ProblemLog, references: References, is30: boolean) {
    this.#log = log;
    this.#references = references;
    this.#is30 = is30;
  }

  read(place: Place): Schema {
    const schema = this.#schema(place, null);
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) {
      this.#definitions.set(next[0], this.#schema(next[1], null));
    }
    return schema;
  }

  /** Reads a component under its own name, whether anything refers to it or not. */
  define(place: Place): void {
    this.#define(place);
    this.read({ ...place, value: true });
  }

  /** A stand-in for what could not be read: it allows anything, and `isDoubtful` knows it. */
  unreadable(): Schema {
    return this.#doubt({});
  }

  /**
   * Whether a request made from this schema may be wrong because something in it could not be read. A response may still be judged by it:
   * what could not be read allows anything.
   */
  isDoubtful(schema: Schema): boolean {
    return this.#anyDoubt && this.#reachesDoubt(schema, new Set());
  }

  definitions(): Readonly<Record<string, Schema>> {
    const result = cutCircles(
      withInheritance(this.#definitions, (base) => this.#names.invent(base)),
      (base) => this.#names.invent(base),
      (name) => {
        const place = this.#places.get(name);
        if (place !== undefined)
          this.#log.broken(
            place,
            `the schema \`${name}\` is defined by itself, in a circle that never comes to a value; the circle is cut`,
          );
      },
    );
    return Object.fromEntries([...result].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #define(place: Place): string {
    const name = this.#names.nameOf(place);
    if (!this.#places.has(name)) {
      this.#places.set(name, place);
      this.#pending.push([name, place]);
    }
    return name;
  }

  #doubt<T extends JsonObject>(schema: T): T {
    this.#anyDoubt = true;
    this.#doubtful.add(schema);
    return schema;
  }

  #schema(place: Place, around: Place | null): Schema {
    const { value } = place;
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === 'false') {
      this.#log.odd(place, `this must be a schema, true or false, not a text; it is taken for ${value}`);
      return value === 'true';
    }
    if (!isJsonObject(value)) {
      this.#log.broken(place, `this must be a schema, but it is ${nameOfKind(value)}`);
      return this.unreadable();
    }
    const resource = typeof value.$id === 'string' && !value.$id.startsWith('#') ? place : around;
    if (value.$ref !== undefined && this.#is30) return this.#referenceAlone(place, resource);
    const read = readSchemaObject(place, {
      log: this.#log,
      is30: this.#is30,
      resource,
      schema: (at, around) => this.#schema(at, around),
      reference: (at, around) => this.#reference(at, around),
      target: (around) => (reference, from) => this.#target(reference, from, around),
      mayBeOverridden: (at) => typeof at.value === 'string' && this.#references.mayBeOverridden(at.value, at),
      isUnreadable: (schema) => isJsonObject(schema) && this.#doubtful.has(schema),
    });
    return read.doubtful ? this.#doubt(read.schema) : read.schema;
  }

  /** In OpenAPI 3.0 whatever stands beside a `$ref` has no effect; but who writes `nullable` there means it. */
  #referenceAlone(place: Place, resource: Place | null): Schema {
    for (const [keyword, at] of members(place)) {
      const form = formOf(keyword);
      if (keyword === '$ref' || form === null || form === 'text' || keyword === 'example' || keyword === 'deprecated')
        continue;
      const taken = keyword === 'nullable' && at.value === true ? '; it is taken as it is meant' : '';
      this.#log.odd(
        at,
        `\`${keyword}\` beside a \`$ref\` has no effect in OpenAPI 3.0${taken}; put the \`$ref\` into an \`allOf\``,
      );
    }
    const reference = this.#reference(child(place, '$ref'), resource);
    if (reference === null) return this.unreadable();
    return child(place, 'nullable').value === true ? withNull({ $ref: reference }) : { $ref: reference };
  }

  #reference(place: Place, resource: Place | null): string | null {
    if (typeof place.value !== 'string') {
      this.#log.dangling(place, notText(place.value));
      return null;
    }
    const target = this.#target(place.value, place, resource);
    if ('ref' in target) return target.ref;
    this.#log.dangling(place, target.problem);
    return null;
  }

  #target(
    reference: string,
    from: Place,
    resource: Place | null,
  ): { readonly ref: string; readonly name: string } | { readonly problem: string } {
    const found = this.#references.resolve(reference, from, resource);
    if ('problem' in found) return found;
    const elsewhere = /^\/components\/(?!schemas\/)(\w+)\/[^/]+$/.exec(found.place.pointer)?.[1];
    if (elsewhere !== undefined)
      return { problem: `\`${reference}\` names one of the ${elsewhere}, where a schema is needed` };
    const name = this.#define(found.place);
    return {
      ref: `#/$defs/${name}`,
      name: (found.place.pointer.split('/').at(-1) ?? '').replaceAll('~1', '/').replaceAll('~0', '~'),
    };
  }

  #reachesDoubt(value: Json, seen: Set<string>): boolean {
    if (Array.isArray(value)) return value.some((item) => this.#reachesDoubt(item, seen));
    if (!isJsonObject(value)) return false;
    if (this.#doubtful.has(value)) return true;
    if (typeof value.$ref === 'string') {
      const name = value.$ref.slice('#/$defs/'.length);
      const definition = this.#definitions.get(name);
      if (!seen.has(name) && definition !== undefined) {
        seen.add(name);
        if (this.#reachesDoubt(definition, seen)) return true;
      }
    }
    return Object.values(value).some((member) => typeof member === 'object' && this.#reachesDoubt(member, seen));
  }
}
