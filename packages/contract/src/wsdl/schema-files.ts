import type { SchemaFiles, XmlName } from '../vocabulary/soap.ts';
import { xmlNamespace, xsdNamespace } from '../xml/names.ts';
import { attribute, elementsOf, type XmlElement } from '../xml/xml-element.ts';
import { escapeAttribute } from '../xml/write-xml.ts';
import { danglingComponents, referencesOf } from './dangling.ts';
import type { SchemaDocument } from './load-documents.ts';
import { keyOf, type XmlSource } from './xml-source.ts';

/** An element that no schema declares but every message of the operation has: the wrapper of an rpc call. */
export interface Wrapper {
  readonly name: XmlName;
  readonly parts: readonly { readonly name: string; readonly type: XmlName }[];
}

const base = 'assay:///';

/**
 * The schemas of a WSDL as a set of documents that a validator can read by itself: one for each namespace, which includes all of its parts, and
 * one that imports them all. Libraries read only the first document of a namespace that is imported several times. What generators of WSDLs forget and
 * every other reader forgives is mended: imports that are missing, what is declared twice, and what refers to nothing. A wrapper takes the place of an element of its name.
 */
export function schemaFiles(schemas: readonly SchemaDocument[], wrappers: readonly Wrapper[]): SchemaFiles {
  const files: Record<string, string> = {};
  const parts = new Map<string, string[]>();
  const add = (namespace: string, text: string): void => {
    const address = `${base}part-${Object.keys(files).length + 1}.xsd`;
    files[address] = text;
    parts.set(namespace, [...(parts.get(namespace) ?? []), address]);
  };
  const calls = [...new Map(wrappers.map((wrapper) => [keyOf(wrapper.name), wrapper])).values()];
  const dangling = danglingComponents(schemas);
  const taken = new Set(calls.map(({ name }) => `element ${keyOf(name)}`));
  const namespaces = new Set(schemas.map(({ namespace }) => namespace));
  if (
    !namespaces.has(xmlNamespace) &&
    schemas.some(({ element }) => referredNamespaces(element).includes(xmlNamespace))
  ) {
    namespaces.add(xmlNamespace);
    add(xmlNamespace, ofXml);
  }
  // What is redefined stands at the place that redefines it, and nowhere else.
  const places = new Map<XmlSource, string>();
  for (const { redefines } of schemas)
    for (const source of redefines.values()) places.set(source, `${base}redefined-${places.size + 1}.xsd`);
  for (const { source, element, namespace, redefines } of schemas) {
    if (namespace === xsdNamespace) continue;
    const text = schemaText(redirected(element, redefines, places), namespace, namespaces, taken, dangling);
    const place = places.get(source);
    if (place === undefined) add(namespace, text);
    else files[place] = text;
  }
  for (const [namespace, own] of Map.groupBy(calls, ({ name }) => name.namespace))
    add(namespace, wrapperText(namespace, own));
  const imports = [...parts].map(([namespace, addresses], index) => {
    const [only] = addresses;
    let address = only ?? '';
    if (addresses.length > 1) {
      address = `${base}namespace-${index + 1}.xsd`;
      files[address] = schema(namespace, addresses.map((each) => `<xs:include schemaLocation="${each}"/>`).join(''));
    }
    return `<xs:import${namespace === '' ? '' : ` namespace="${escapeAttribute(namespace)}"`} schemaLocation="${address}"/>`;
  });
  const entry = `${base}all.xsd`;
  files[entry] = schema('urn:assay:all', imports.join(''));
  return { entry, files };
}

/** The schema with the addresses of what it redefines in place of those that it gives. */
function redirected(
  root: XmlElement,
  redefines: SchemaDocument['redefines'],
  places: ReadonlyMap<XmlSource, string>,
): XmlElement {
  if (redefines.size === 0) return root;
  const children = root.children.map((child) => {
    if (typeof child === 'string' || child.name !== 'redefine') return child;
    const source = redefines.get(attribute(child, 'schemaLocation')?.trim() ?? '');
    const value = source === undefined ? undefined : places.get(source);
    if (value === undefined) return child;
    return { ...child, attributes: [{ name: 'schemaLocation', namespace: '', value }] };
  });
  return { ...root, children };
}

/** The attributes that XML itself has. Everybody imports them from the network. */
const ofXml = schema(
  xmlNamespace,
  ['lang:string', 'space:NCName', 'base:anyURI', 'id:ID']
    .map((each) => each.split(':'))
    .map(([name, type]) => `<xs:attribute name="${name}" type="xs:${type}"/>`)
    .join(''),
);

function schema(namespace: string, inside: string, more = ''): string {
  const target = namespace === '' ? '' : ` targetNamespace="${escapeAttribute(namespace)}"`;
  return `<xs:schema xmlns:xs="${xsdNamespace}"${target}${more}>${inside}</xs:schema>`;
}

function wrapperText(namespace: string, wrappers: readonly Wrapper[]): string {
  const namespaces = [...new Set(wrappers.flatMap(({ parts }) => parts.map(({ type }) => type.namespace)))].filter(
    (each) => each !== namespace && each !== xsdNamespace,
  );
  const elements = wrappers.map(({ name, parts }) => {
    const members = parts.map((part) => `<xs:element name="${part.name}" ${typeAttribute(part.type)}/>`).join('');
    return `<xs:element name="${name.local}"><xs:complexType><xs:sequence>${members}</xs:sequence></xs:complexType></xs:element>`;
  });
  return schema(namespace, namespaces.map(importOf).join('') + elements.join(''));
}

function importOf(namespace: string): string {
  return namespace === '' ? '<xs:import/>' : `<xs:import namespace="${escapeAttribute(namespace)}"/>`;
}

function typeAttribute({ namespace, local }: XmlName): string {
  return namespace === '' ? `type="${local}"` : `xmlns:t="${escapeAttribute(namespace)}" type="t:${local}"`;
}

/**
 * A schema by itself: with the prefixes that the WSDL around it declares, without annotations, includes and places of imports.
 * @param namespaces of all schemas. @param taken what has been declared, by kind and name; what stands here is added
 */
function schemaText(
  root: XmlElement,
  namespace: string,
  namespaces: ReadonlySet<string>,
  taken: Set<string>,
  dangling: ReadonlySet<XmlElement>,
): string {
  const children = elementsOf(root).filter((child) => {
    if (child.namespace !== xsdNamespace || dangling.has(child)) return false;
    if (child.name === 'import') return (attribute(child, 'namespace') ?? '') !== namespace;
    const name = attribute(child, 'name');
    if (name === undefined) return true;
    const key = `${child.name.endsWith('Type') ? 'type' : child.name} ${keyOf({ namespace, local: name })}`;
    if (taken.has(key)) return false;
    taken.add(key);
    return true;
  });
  const imported = children.filter(({ name }) => name === 'import').map((child) => attribute(child, 'namespace') ?? '');
  const missing = [...new Set(children.flatMap(referredNamespaces))].filter(
    (each) => each !== namespace && namespaces.has(each) && !imported.includes(each),
  );
  const adopted = attribute(root, 'targetNamespace') === undefined ? namespace : '';
  return elementText(
    { ...root, children },
    {},
    adopted,
    missing.map(importOf).join('').replaceAll('<xs:', '<assay-xs:'),
  );
}

/** The namespaces of what an element of a schema, and those inside, refer to. */
function referredNamespaces(element: XmlElement): readonly string[] {
  return referencesOf(element).map(({ name }) => name.namespace);
}

function elementText(element: XmlElement, scope: XmlElement['scope'], target = '', before = ''): string {
  if (element.namespace !== xsdNamespace || element.name === 'annotation' || element.name === 'include') return '';
  const declarations = Object.entries(element.scope)
    .filter(([prefix, uri]) => scope[prefix] !== uri && prefix !== 'xml' && prefix !== 'xmlns')
    .map(([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(uri)}"`);
  const isRoot = Object.keys(scope).length === 0;
  const own = isRoot ? ` xmlns:assay-xs="${xsdNamespace}"` : '';
  const adopted = target === '' ? '' : ` targetNamespace="${escapeAttribute(target)}"`;
  const attributes = element.attributes
    .filter(({ name, namespace }) => namespace === '' && !(element.name === 'import' && name === 'schemaLocation'))
    .map(({ name, value }) => ` ${name}="${escapeAttribute(value)}"`);
  const inside = elementsOf(element)
    .map((child) => elementText(child, element.scope))
    .join('');
  return `<assay-xs:${element.name}${own}${declarations.join('')}${adopted}${attributes.join('')}>${before}${inside}</assay-xs:${element.name}>`;
}
