import type { Schema } from '../vocabulary/operation.ts';
import type { XmlMember, XmlName, XmlType } from '../vocabulary/soap.ts';
import { soapEncodingNamespace, xsdNamespace } from '../xml/names.ts';
import { attribute, childrenOf, type XmlElement } from '../xml/xml-element.ts';
import { readAttributes } from './attributes.ts';
import type { Components, SchemaComponent } from './components.ts';
import { type Content, inSequence, nothing, objectSchema, single } from './content.ts';
import { derivationOf, Derivations, nameOf } from './derivations.ts';
import { readParticle } from './particles.ts';
import { fixedTo, SimpleTypeReader } from './simple-type-reader.ts';
import { Unreadable } from './unreadable.ts';
import { type Located, referenceOf } from './xml-source.ts';

/** What stands in an element: as JSON Schema, and as the way it is written. */
export interface ReadType {
  readonly schema: Schema;
  readonly type: XmlType;
}

export interface ReadElement extends ReadType {
  readonly name: XmlName;
}

/** The largest documents that are in use have a tenth of it. */
const mostRead = 200_000;

/** Reads the types of a set of schemas. Each complex type becomes a definition, so that types that hold themselves keep their shape. */
export class TypeReader {
  readonly components: Components;
  readonly derivations: Derivations;
  readonly simple: SimpleTypeReader;
  readonly definitions: Record<string, Schema> = {};
  readonly types: Record<string, XmlType> = {};
  readonly #names = new Map<string, string>();
  readonly #failed = new Map<string, Unreadable>();
  readonly #contents = new Map<string, Content>();
  /** Those that are being read. */
  readonly #groups = new Set<XmlElement>();
  #turns = 0;
  #counted = 0;
  #wildcards = 0;

  constructor(components: Components) {
    this.components = components;
    this.derivations = new Derivations(components.globals);
    this.simple = new SimpleTypeReader(components);
  }

  nextTurn(): number {
    return (this.#turns += 1);
  }

  /** Counts what is read. Groups that refer to groups multiply: a small document may hold millions of elements. @throws Unreadable */
  count(at: Located): void {
    this.#counted += 1;
    if (this.#counted > mostRead)
      throw new Unreadable(
        at,
        `with its groups written out, the schema has more than ${mostRead} elements and attributes`,
      );
  }

  /** What a wildcard is called in values: each otherwise, as several may stand in one type. */
  nextWildcard(): string {
    this.#wildcards += 1;
    return this.#wildcards === 1 ? 'any' : `any-${this.#wildcards}`;
  }

  /** Reads what stands in the group that is referred to. @throws Unreadable where there is none, or it is referred to from inside of itself */
  inGroup<T>(kind: 'group' | 'attributeGroup', from: SchemaComponent, read: (group: SchemaComponent) => T): T {
    const reference = referenceOf(from.element, 'ref') ?? undefined;
    const named = reference === undefined ? undefined : this.components.schemaComponent(kind, reference);
    if (reference === undefined || named === undefined)
      throw new Unreadable(
        from,
        `there is no ${kind === 'group' ? 'group' : 'attribute group'} \`${attribute(from.element, 'ref') ?? ''}\``,
      );
    const group = this.#groups.has(named.element) ? (this.components.redefined(kind, reference) ?? named) : named;
    if (this.#groups.has(group.element)) throw new Unreadable(from, `the group ${reference.local} holds itself`);
    this.#groups.add(group.element);
    try {
      return read(group);
    } finally {
      this.#groups.delete(group.element);
    }
  }

  /** The type of that name. @throws Unreadable at the element that refers to it */
  named(name: XmlName, from: Located): ReadType {
    const simple = this.simple.named(name);
    if (simple !== null) return { schema: simple.schema, type: { kind: 'text', text: simple.text } };
    if (name.namespace === xsdNamespace && name.local === 'anyType') return anything;
    const component = this.components.schemaComponent('type', name);
    if (component !== undefined) return this.#complex(component, name.local);
    throw new Unreadable(
      from,
      name.namespace === soapEncodingNamespace
        ? `the type ${name.local} belongs to SOAP encoding, which is not read: only literal messages are`
        : `there is no type \`${name.local}\`${name.namespace === '' ? '' : ` in the namespace ${name.namespace}`}`,
    );
  }

  /** A global element. @throws Unreadable */
  element(name: XmlName, from: Located): ReadElement {
    const component = this.components.schemaComponent('element', name);
    if (component === undefined)
      throw new Unreadable(
        from,
        `there is no element \`${name.local}\`${name.namespace === '' ? '' : ` in the namespace ${name.namespace}`}`,
      );
    return { name, ...this.declared(component, name.local) };
  }

  /** The type of an element that is declared here, by name or in place. */
  declared(at: SchemaComponent, hint: string): ReadType {
    const { element } = at;
    const reference = referenceOf(element, 'type');
    if (reference === null)
      throw new Unreadable(at, `the prefix of \`${attribute(element, 'type') ?? ''}\` is not declared`);
    const read = reference === undefined ? this.#inPlace(at, hint) : this.named(reference, at);
    const fixed = attribute(element, 'fixed');
    const held =
      fixed === undefined || read.type.kind !== 'text' ? read.schema : fixedTo(fixed, read.schema, read.type);
    const nillable = attribute(element, 'nillable') === 'true';
    return { ...read, schema: nillable ? { anyOf: [held, { type: 'null' }] } : held };
  }

  #inPlace(at: SchemaComponent, hint: string): ReadType {
    const [complex] = childrenOf(at.element, xsdNamespace, 'complexType');
    if (complex !== undefined) return this.#complex({ ...at, element: complex }, hint);
    const [simple] = childrenOf(at.element, xsdNamespace, 'simpleType');
    if (simple === undefined) return anything;
    const read = this.simple.declared({ source: at.source, element: simple });
    return { schema: read.schema, type: { kind: 'text', text: read.text } };
  }

  #complex(at: SchemaComponent, hint: string): ReadType {
    const id = `${at.source.name} ${at.element.offset} ${at.schema.namespace}`;
    const known = this.#names.get(id);
    const failed = known === undefined ? undefined : this.#failed.get(known);
    if (failed !== undefined) throw failed;
    const name = known ?? this.#newName(id, hint);
    const reference: ReadType = { schema: { $ref: `#/$defs/${name}` }, type: { kind: 'ref', name } };
    if (known !== undefined) return reference;
    try {
      const actual = attribute(at.element, 'abstract') === 'true' ? this.#standIn(at, hint) : at;
      const content = this.content(actual);
      this.definitions[name] = objectSchema(content);
      this.types[name] = {
        kind: 'members',
        members: content.members,
        ...(actual === at ? {} : { actual: nameOf(actual) }),
      };
    } catch (error) {
      if (error instanceof Unreadable) this.#failed.set(name, error);
      throw error;
    }
    return reference;
  }

  /** @throws Unreadable when no type stands in for an abstract one */
  #standIn(at: SchemaComponent, hint: string): SchemaComponent {
    const found = this.derivations.concrete(nameOf(at));
    if (found === undefined) throw new Unreadable(at, `the type ${hint} is abstract, and no type is derived from it`);
    return found;
  }

  /** A colon, so that no component of an OpenAPI document is called the same. */
  #newName(id: string, hint: string): string {
    let name = `xsd:${hint}`;
    for (let count = 2; name in this.definitions; count += 1) name = `xsd:${hint}-${count}`;
    this.#names.set(id, name);
    this.definitions[name] = true;
    this.types[name] = { kind: 'anything' };
    return name;
  }

  /** What may stand in an element of a complex type, with what it inherits. */
  content(at: SchemaComponent): Content {
    const id = `${at.source.name} ${at.element.offset} ${at.schema.namespace}`;
    const known = this.#contents.get(id);
    if (known !== undefined) return known;
    const content = this.#read(at);
    this.#contents.set(id, content);
    return content;
  }

  #read(at: SchemaComponent): Content {
    const derivation = derivationOf(at);
    if (derivation === undefined) return this.#own(at, nothing);
    const derived = { ...at, element: derivation };
    const base = referenceOf(derivation, 'base');
    if (base === undefined || base === null)
      throw new Unreadable(derived, `${derivation.name} names no base that is declared`);
    this.#refuseCircle(at);
    const isSimple = childrenOf(at.element, xsdNamespace, 'simpleContent').length > 0;
    return isSimple ? this.#simpleContent(derived, at, base) : this.#complexContent(derived, at, base);
  }

  /** @throws Unreadable where a type is derived from itself, be it by way of others */
  #refuseCircle(at: SchemaComponent): void {
    const passed = new Set<XmlElement>();
    for (let type: SchemaComponent | undefined = at; type !== undefined; type = this.#baseOf(type)) {
      if (passed.has(type.element)) throw new Unreadable(at, `the type ${nameOf(type).local} is derived from itself`);
      passed.add(type.element);
    }
  }

  #baseOf(type: SchemaComponent): SchemaComponent | undefined {
    const derivation = derivationOf(type);
    const base = derivation === undefined ? undefined : referenceOf(derivation, 'base');
    return base === undefined || base === null ? undefined : this.#named(base, type);
  }

  /** What a base is called by a type: by its own name, a redefinition means what it redefines. */
  #named(base: XmlName, type: SchemaComponent): SchemaComponent | undefined {
    const found = this.components.schemaComponent('type', base);
    return found?.element === type.element ? (this.components.redefined('type', base) ?? found) : found;
  }

  #complexContent(at: SchemaComponent, type: SchemaComponent, base: XmlName): Content {
    if (base.namespace === soapEncodingNamespace)
      throw new Unreadable(at, `arrays of SOAP encoding are not read: describe the list with maxOccurs="unbounded"`);
    const inherited = this.#contentOf(base, at, type);
    if (at.element.name === 'extension') return this.#own(at, inherited);
    // A restriction says again which elements are left; attributes are inherited, but for those that it prohibits.
    const prohibited = childrenOf(at.element, xsdNamespace, 'attribute')
      .filter((each) => attribute(each, 'use') === 'prohibited')
      .map((each) => attribute(each, 'name') ?? referenceOf(each, 'ref')?.local);
    const attributes = inherited.members
      .filter(({ place, name }) => place === 'attribute' && !prohibited.includes(name.local))
      .map(({ property }) => property);
    return this.#own(at, only(inherited, attributes));
  }

  #simpleContent(at: SchemaComponent, type: SchemaComponent, base: XmlName): Content {
    const simple = this.simple.named(base);
    if (simple === null) return this.#own(at, this.#contentOf(base, at, type));
    const narrowed = at.element.name === 'restriction' ? this.simple.restricted(at, simple) : simple;
    const member: XmlMember = {
      property: 'value',
      place: 'text',
      name: { namespace: '', local: '' },
      type: { kind: 'text', text: narrowed.text },
      repeats: false,
      turn: null,
    };
    return this.#own(at, single(member, narrowed.schema, true));
  }

  #contentOf(base: XmlName, from: SchemaComponent, type: SchemaComponent): Content {
    if (base.namespace === xsdNamespace && base.local === 'anyType') return nothing;
    const component = this.#named(base, type);
    if (component === undefined)
      throw new Unreadable(from, `there is no type \`${base.local}\` in the namespace ${base.namespace}`);
    return this.content(component);
  }

  #own(at: SchemaComponent, inherited: Content): Content {
    const particles = childrenOf(at.element, xsdNamespace)
      .filter(({ name }) => ['sequence', 'choice', 'all', 'group'].includes(name))
      .map((element) => readParticle(this, { ...at, element }));
    const elements = inSequence([inherited, ...particles]);
    return inSequence([elements, readAttributes(this, at, elements)]);
  }
}

const anything: ReadType = { schema: { type: 'string' }, type: { kind: 'anything' } };

function only(content: Content, properties: readonly string[]): Content {
  const keep = (names: readonly string[]) => names.filter((name) => properties.includes(name));
  return {
    members: content.members.filter(({ property }) => properties.includes(property)),
    properties: Object.fromEntries(Object.entries(content.properties).filter(([name]) => properties.includes(name))),
    alternatives: content.alternatives
      .slice(0, 1)
      .map(({ required, present }) => ({ required: keep(required), present: keep(present) })),
  };
}
