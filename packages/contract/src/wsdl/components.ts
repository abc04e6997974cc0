import type { XmlName } from '../vocabulary/soap.ts';
import { wsdlNamespace, xsdNamespace } from '../xml/names.ts';
import { attribute, elementsOf } from '../xml/xml-element.ts';
import type { Documents, SchemaDocument } from './load-documents.ts';
import { Unreadable } from './unreadable.ts';
import { keyOf, type Located, referenceOf } from './xml-source.ts';

/** A global component of a schema, with the schema around it. */
export interface SchemaComponent extends Located {
  readonly schema: SchemaDocument;
}

type WsdlKind = 'message' | 'portType' | 'binding';
type SchemaKind = 'element' | 'type' | 'group' | 'attributeGroup' | 'attribute';

const schemaKinds: Readonly<Record<string, SchemaKind>> = {
  element: 'element',
  complexType: 'type',
  simpleType: 'type',
  group: 'group',
  attributeGroup: 'attributeGroup',
  attribute: 'attribute',
};

/** Everything in the documents that can be referred to by name. */
export class Components {
  readonly #byKind = new Map<string, Located>();
  readonly #schemaByKind = new Map<string, SchemaComponent>();
  readonly #redefined = new Map<string, SchemaComponent>();
  readonly services: readonly Located[];
  readonly bindings: readonly Located[];
  /** Global types and elements, for those that stand in for others. */
  readonly globals: readonly SchemaComponent[];

  constructor({ definitions, schemas }: Documents) {
    const services: Located[] = [];
    const bindings: Located[] = [];
    const globals: SchemaComponent[] = [];
    for (const { source, element } of definitions) {
      const namespace = attribute(element, 'targetNamespace') ?? '';
      for (const child of elementsOf(element).filter((each) => each.namespace === wsdlNamespace)) {
        const located = { source, element: child };
        if (child.name === 'service') services.push(located);
        if (child.name === 'binding') bindings.push(located);
        const key = `${child.name} ${keyOf({ namespace, local: attribute(child, 'name') ?? '' })}`;
        if (!this.#byKind.has(key)) this.#byKind.set(key, located);
      }
    }
    const redefining = new Set<string>();
    for (const schema of schemas) {
      for (const child of elementsOf(schema.element).filter((each) => each.namespace === xsdNamespace)) {
        const kinds = child.name === 'redefine' ? elementsOf(child) : [child];
        for (const element of kinds) {
          const kind = schemaKinds[element.name];
          const local = attribute(element, 'name');
          if (kind === undefined || local === undefined) continue;
          const key = `${kind} ${keyOf({ namespace: schema.namespace, local })}`;
          const component = { source: schema.source, element, schema };
          globals.push(component);
          // What redefines comes before what it redefines.
          const known = this.#schemaByKind.get(key);
          const isNew = child.name === 'redefine';
          if (isNew || known === undefined) this.#schemaByKind.set(key, component);
          const original = isNew ? known : redefining.has(key) ? component : undefined;
          if (original !== undefined && !this.#redefined.has(key)) this.#redefined.set(key, original);
          if (isNew) redefining.add(key);
        }
      }
    }
    this.services = services;
    this.bindings = bindings;
    this.globals = globals;
  }

  /** @throws Unreadable at the line that refers, when there is nothing of that name */
  referred(kind: WsdlKind, from: Located, name: string): Located {
    const reference = referenceOf(from.element, name);
    const found =
      reference === null || reference === undefined ? undefined : this.#byKind.get(`${kind} ${keyOf(reference)}`);
    if (found !== undefined) return found;
    const text = attribute(from.element, name) ?? '';
    if (reference === undefined) throw new Unreadable(from, `${from.element.name} has no attribute ${name}`);
    throw new Unreadable(
      from,
      reference === null
        ? `the prefix of \`${text}\` is not declared`
        : `there is no ${kind} \`${text}\`${reference.namespace === '' ? '' : ` in the namespace ${reference.namespace}`}`,
    );
  }

  schemaComponent(kind: SchemaKind, name: XmlName): SchemaComponent | undefined {
    return this.#schemaByKind.get(`${kind} ${keyOf(name)}`);
  }

  /** What `xs:redefine` has put another in place of: inside of that one, the name still means this. */
  redefined(kind: SchemaKind, name: XmlName): SchemaComponent | undefined {
    return this.#redefined.get(`${kind} ${keyOf(name)}`);
  }
}
