import { undescribedKeyword } from '../../validate/keywords.ts';
import { isJsonObject, type Json, type JsonObject } from '../../vocabulary/json.ts';
import type { Schema } from '../../vocabulary/operation.ts';
import { closestName } from '../source/closest-name.ts';
import { child, items, members, type Place } from '../source/place.ts';
import { setMember } from '../source/parsed-source.ts';
import type { ProblemLog } from '../source/problem-log.ts';
import { dropContradictions, readExclusiveBounds } from './bounds.ts';
import { readDiscriminator, type Target } from './discriminator.ts';
import { readEnum } from './enum-keyword.ts';
import { formOf, keywords, knownElsewhere } from './keywords.ts';
import { nameOfKind } from './name-of-kind.ts';
import { withNull } from './nullable.ts';
import { readPattern } from './pattern.ts';
import { readRequired } from './required-keyword.ts';
import { readScalar } from './scalar-keyword.ts';
import { readType } from './type-keyword.ts';

/** What the reading of one schema needs of the reading of all. `resource`: the nearest schema with an `$id` around it. */
export interface Surroundings {
  readonly log: ProblemLog;
  /** OpenAPI 3.0 has a dialect of its own. */
  readonly is30: boolean;
  readonly resource: Place | null;
  schema(place: Place, resource: Place | null): Schema;
  /** The `#/$defs/…` that a reference becomes; null, with a problem, where it leads nowhere. */
  reference(place: Place, resource: Place | null): string | null;
  target(resource: Place | null): Target;
  /** Whether what a `$dynamicRef` means depends on the way that leads to it. */
  mayBeOverridden(place: Place): boolean;
  isUnreadable(schema: Schema): boolean;
}

export interface ReadObject {
  readonly schema: JsonObject;
  /** The meaning of a keyword was lost. */
  readonly doubtful: boolean;
}

/** Rewrites one schema object into JSON Schema 2020-12, keyword by keyword. */
export function readSchemaObject(place: Place, surroundings: Surroundings): ReadObject {
  return new ObjectReader(place, surroundings).read();
}

class ObjectReader {
  readonly #place: Place;
  readonly #around: Surroundings;
  readonly #log: ProblemLog;
  readonly #draft: Record<string, Json> = {};
  #doubtful = false;

  constructor(place: Place, surroundings: Surroundings) {
    this.#place = place;
    this.#around = surroundings;
    this.#log = surroundings.log;
  }

  read(): ReadObject {
    const { types, format, unknown } = readType(child(this.#place, 'type'), this.#log);
    if (types !== null) this.#draft.type = types.length === 1 ? (types[0] ?? null) : types;
    if (format !== null) this.#draft.format = format;
    for (const [keyword, at] of members(this.#place)) this.#keyword(keyword, at, types);
    const { names, undescribed } = readRequired(this.#place, this.#log);
    if (names.length > 0) this.#draft.required = names;
    // Where nothing else may be there, nothing else can be meant.
    if (undescribed.length > 0 && this.#draft.additionalProperties !== false)
      this.#draft[undescribedKeyword] = undescribed;
    readExclusiveBounds(this.#place, this.#draft, this.#log, this.#around.is30);
    const contradicted = dropContradictions(this.#place, this.#draft, this.#log);
    const schema = this.#isNullable() ? withNull(this.#draft) : this.#draft;
    return { schema, doubtful: this.#doubtful || unknown || contradicted };
  }

  #keyword(keyword: string, at: Place, types: readonly string[] | null): void {
    const form = formOf(keyword);
    switch (form) {
      case null:
        return this.#unknownKeyword(keyword, at);
      case 'schema':
        this.#draft[keyword] = this.#schema(at);
        return;
      case 'schemas':
        return this.#schemas(keyword, at);
      case 'schemas-by-name':
        this.#draft[keyword] = this.#schemasByName(at, null);
        return;
      case 'special':
        return this.#special(keyword, at, types);
      default: {
        const value = readScalar(keyword, form, at, this.#log);
        if (value !== undefined) this.#draft[keyword] = value;
      }
    }
  }

  #special(keyword: string, at: Place, types: readonly string[] | null): void {
    const draft = this.#draft;
    switch (keyword) {
      case '$ref':
      case '$dynamicRef':
      case '$recursiveRef': {
        // A dynamic reference is read as the plain one that it is when nothing overrides it.
        if (keyword === '$dynamicRef' && this.#around.mayBeOverridden(at)) return this.#overridden(at);
        const reference = this.#around.reference(at, this.#around.resource);
        if (reference === null) this.#doubtful = true;
        else draft.$ref = reference;
        return;
      }
      case 'properties':
        draft.properties = this.#schemasByName(at, readRequired(this.#place, this.#log).names);
        return;
      case 'items':
        if (Array.isArray(at.value)) this.#schemas('prefixItems', at);
        else draft.items = this.#schema(at);
        return;
      case 'additionalItems':
        if (Array.isArray(child(this.#place, 'items').value)) draft.items = this.#schema(at);
        return;
      case 'dependencies':
        return this.#dependencies(at);
      case 'pattern':
        return this.#pattern(at);
      case 'enum': {
        const values = readEnum(at, types, this.#log);
        if (values !== undefined) draft.enum = values;
        return;
      }
      case 'example':
        if (at.value !== undefined) draft.examples = [at.value, ...listOf(draft.examples)];
        return;
      case 'examples':
        draft.examples = [...listOf(draft.examples), ...exampleValues(at)];
        return;
      case 'discriminator': {
        const discriminator = readDiscriminator(this.#place, this.#around.target(this.#around.resource), this.#log);
        if (discriminator !== undefined) draft.discriminator = discriminator;
        return;
      }
      default:
      // `type`, `required`, `nullable` and the exclusive bounds concern the whole object.
    }
  }

  #overridden(at: Place): void {
    this.#doubtful = true;
    this.#log.broken(
      at,
      `\`$dynamicRef\` names an anchor that several schemas have; which of them is meant depends on who refers here, and it is taken for anything`,
    );
  }

  #schema(at: Place): Schema {
    return this.#around.schema(at, this.#around.resource);
  }

  #schemas(keyword: string, at: Place): void {
    const list = isJsonObject(at.value) ? [at] : items(at);
    if (isJsonObject(at.value))
      this.#log.odd(at, `\`${keyword}\` must be a list of schemas; it is taken for a list of one`);
    if (list.length > 0) this.#draft[keyword] = list.map((entry) => this.#schema(entry));
    else this.#log.odd(at, `\`${keyword}\` must be a list with at least one schema; it is left out`);
  }

  /** @param required for properties: an unreadable one that may be absent is then marked so that no request has it. */
  #schemasByName(at: Place, required: readonly string[] | null): JsonObject {
    const result: Record<string, Json> = {};
    if (!isJsonObject(at.value) && at.value !== null)
      this.#log.broken(at, `this must be an object of schemas by name, but it is ${nameOfKind(at.value)}`);
    for (const [name, place] of members(at)) {
      const schema = this.#schema(place);
      const omitted = required !== null && !required.includes(name) && this.#around.isUnreadable(schema);
      setMember(result, name, omitted ? { readOnly: true } : schema);
    }
    return result;
  }

  #dependencies(at: Place): void {
    const names: Record<string, Json> = {};
    const schemas: Record<string, Json> = {};
    for (const [name, place] of members(at)) {
      if (Array.isArray(place.value)) setMember(names, name, place.value);
      else setMember(schemas, name, this.#schema(place));
    }
    if (Object.keys(names).length > 0) this.#draft.dependentRequired = names;
    if (Object.keys(schemas).length > 0) this.#draft.dependentSchemas = schemas;
  }

  #pattern(at: Place): void {
    const read = typeof at.value === 'string' ? readPattern(at.value) : null;
    if (read === null) {
      this.#log.broken(at, '`pattern` is not a regular expression (ECMAScript); it is left out');
      this.#doubtful = true;
      return;
    }
    if (read.changed)
      this.#log.odd(at, `\`pattern\` is not a regular expression of ECMAScript; it is read as \`${read.pattern}\``);
    this.#draft.pattern = read.pattern;
  }

  #isNullable(): boolean {
    const nullable = child(this.#place, 'nullable');
    if (nullable.value === undefined) return false;
    if (!this.#around.is30)
      this.#log.odd(
        nullable,
        "`nullable` is a keyword of OpenAPI 3.0; since 3.1 null is one of the types: `type: [string, 'null']`",
      );
    return readScalar('nullable', 'flag', nullable, this.#log) === true;
  }

  #unknownKeyword(keyword: string, at: Place): void {
    if (keyword.startsWith('x-') || keyword.startsWith('$') || knownElsewhere.has(keyword)) return;
    const near = keyword.length > 3 ? closestName(keyword, Object.keys(keywords)) : null;
    if (near !== null)
      this.#log.odd(at, `\`${keyword}\` is not a keyword of a schema and has no effect; did you mean \`${near}\`?`);
  }
}

/** In a schema `examples` is a list; the map of a media type is often put there instead. */
function exampleValues(at: Place): readonly Json[] {
  if (Array.isArray(at.value)) return items(at).map((item) => item.value ?? null);
  return members(at).map(([, example]) => child(example, 'value').value ?? example.value ?? null);
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
