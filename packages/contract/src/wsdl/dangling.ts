import type { XmlName } from '../vocabulary/soap.ts';
import { xmlNamespace, xsdNamespace } from '../xml/names.ts';
import { attribute, elementsOf, qualifiedName, type XmlElement } from '../xml/xml-element.ts';
import type { SchemaDocument } from './load-documents.ts';
import { builtInTypes } from './simple-types.ts';
import { keyOf } from './xml-source.ts';

type Kind = 'type' | 'element' | 'attribute' | 'group' | 'attributeGroup';

/** One reference of a schema's element to something that is declared elsewhere. */
export interface Reference {
  readonly kind: Kind;
  readonly name: XmlName;
}

const kinds: Readonly<Record<string, Kind>> = {
  complexType: 'type',
  simpleType: 'type',
  element: 'element',
  attribute: 'attribute',
  group: 'group',
  attributeGroup: 'attributeGroup',
};

/** What an element of a schema refers to, and what those inside do. A prefix that is not declared is a name in no namespace. */
export function referencesOf(element: XmlElement): readonly Reference[] {
  const own = element.attributes
    .filter(({ namespace }) => namespace === '')
    .flatMap(({ name, value }): Reference[] => {
      const kind = name === 'ref' ? kinds[element.name] : name === 'substitutionGroup' ? 'element' : typeOf(name);
      if (kind === undefined) return [];
      return value
        .split(/\s+/)
        .filter((each) => each !== '')
        .map((each) => ({ kind, name: qualifiedName(element, each) ?? { namespace: '', local: each } }));
    });
  return [...own, ...elementsOf(element).flatMap(referencesOf)];
}

function typeOf(name: string): Kind | undefined {
  return ['type', 'base', 'itemType', 'memberTypes'].includes(name) ? 'type' : undefined;
}

/**
 * The global components that refer to what is not there, and those that refer to such a one. Generated documents are full of them (arrays of SOAP
 * encoding, parts of schemas that were never saved), and a validator refuses all for one of them.
 */
export function danglingComponents(schemas: readonly SchemaDocument[]): ReadonlySet<XmlElement> {
  const there = new Map<string, XmlElement[]>();
  const components: { readonly element: XmlElement; readonly key: string; readonly needs: readonly string[] }[] = [];
  for (const { element: root, namespace } of schemas) {
    for (const element of elementsOf(root).flatMap((child) =>
      child.name === 'redefine' ? elementsOf(child) : [child],
    )) {
      const kind = kinds[element.name];
      const local = attribute(element, 'name');
      if (element.namespace !== xsdNamespace || kind === undefined || local === undefined) continue;
      const key = `${kind} ${keyOf({ namespace, local })}`;
      there.set(key, [...(there.get(key) ?? []), element]);
      const needs = referencesOf(element).filter((each) => !isKnown(each));
      components.push({ element, key, needs: needs.map(({ kind: needed, name }) => `${needed} ${keyOf(name)}`) });
    }
  }
  const dangling = new Set<XmlElement>();
  for (let changed = true; changed; ) {
    changed = false;
    for (const { element, key, needs } of components) {
      if (dangling.has(element) || needs.every((need) => need === key || (there.get(need) ?? []).length > 0)) continue;
      dangling.add(element);
      there.set(
        key,
        (there.get(key) ?? []).filter((each) => each !== element),
      );
      changed = true;
    }
  }
  return dangling;
}

/** Of XML Schema itself, beside what is read. */
const furtherTypes: readonly string[] = ['anyType', 'IDREFS', 'ENTITIES', 'NOTATION'];

function isKnown({ kind, name }: Reference): boolean {
  if (name.namespace === xmlNamespace) return true;
  return (
    name.namespace === xsdNamespace &&
    kind === 'type' &&
    (Object.hasOwn(builtInTypes, name.local) || furtherTypes.includes(name.local))
  );
}
