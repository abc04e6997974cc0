import { ContractFiles } from '../openapi/source/files.ts';
import { faultAt, type ProblemLog } from '../openapi/source/problem-log.ts';
import { wsdlNamespace, xsdNamespace } from '../xml/names.ts';
import { attribute, childrenOf, elementsOf, type XmlElement } from '../xml/xml-element.ts';
import { type Located, parseXmlSource, placeOf, type XmlSource } from './xml-source.ts';

/** A schema with the namespace its names are in: that of whoever includes it where it has none itself. */
export interface SchemaDocument extends Located {
  readonly namespace: string;
  /** The documents that it redefines, by the places that it gives for them. */
  readonly redefines: ReadonlyMap<string, XmlSource>;
}

export interface Documents {
  /** The `definitions` elements, the one that was asked for first. */
  readonly definitions: readonly Located[];
  readonly schemas: readonly SchemaDocument[];
}

/**
 * The WSDL with everything it imports and includes: files beside it, and nothing from the network.
 * An imported schema that cannot be had becomes a problem: much is imported that no message uses, or that only a header does.
 * @throws Fault `bad-contract` at the line of anything else that cannot be had
 */
export function loadDocuments(root: XmlSource, folder: string | null, log: ProblemLog): Documents {
  const files = new ContractFiles<XmlSource>(root, folder, parseXmlSource);
  const definitions: Located[] = [];
  const schemas: SchemaDocument[] = [];
  const seen = new Set<string>();

  const load = (located: Located, location: string, what: string): XmlSource | string => {
    const loaded = files.load(location, located.source);
    if ('source' in loaded) return loaded.source;
    const advice = loaded.unread === true ? '' : '. Save it as a file beside the WSDL and name that file here';
    return `${what} ${location} cannot be read: ${loaded.problem}${advice}`;
  };
  const follow = (located: Located, location: string, what: string): XmlSource => {
    const loaded = load(located, location, what);
    if (typeof loaded !== 'string') return loaded;
    throw faultAt(placeOf(located), loaded);
  };

  const addSchema = (located: Located, chameleon: string | null): void => {
    const { element, source } = located;
    const namespace = attribute(element, 'targetNamespace') ?? chameleon ?? '';
    const key = `${source.name} ${element.offset} ${namespace}`;
    if (seen.has(key)) return;
    seen.add(key);
    const isAdopted = attribute(element, 'targetNamespace') === undefined && namespace !== '';
    const redefines = new Map<string, XmlSource>();
    schemas.push({ source, element: isAdopted ? adopted(element, namespace) : element, namespace, redefines });
    for (const child of elementsOf(element).filter((each) => each.namespace === xsdNamespace)) {
      const place = { source, element: child };
      const location = attribute(child, 'schemaLocation')?.trim();
      if (child.name === 'include' || child.name === 'redefine') {
        if (location === undefined) throw faultAt(placeOf(place), `xs:${child.name} has no schemaLocation`);
        const included = follow(place, location, 'the included schema');
        if (child.name === 'redefine') redefines.set(location, included);
        addSchema({ source: included, element: schemaRoot(included, place) }, namespace);
      }
      if (child.name !== 'import' || location === undefined) continue;
      // Many documents name a place on the network for a schema that stands in the same WSDL.
      if (/^[a-z][a-z\d+.-]*:/i.test(location) && hasSchemaOf(attribute(child, 'namespace') ?? '')) continue;
      const imported = load(place, location, 'the imported schema');
      if (typeof imported === 'string') log.broken(placeOf(place), imported);
      else addSchema({ source: imported, element: schemaRoot(imported, place) }, null);
    }
  };

  const inline: Located[] = [];
  const hasSchemaOf = (namespace: string): boolean =>
    wellKnown.has(namespace) ||
    [...inline, ...schemas].some(({ element }) => attribute(element, 'targetNamespace') === namespace);

  const addDefinitions = (source: XmlSource): void => {
    if (seen.has(source.name)) return;
    seen.add(source.name);
    definitions.push({ source, element: source.element });
    for (const types of childrenOf(source.element, wsdlNamespace, 'types'))
      inline.push(...childrenOf(types, xsdNamespace, 'schema').map((element) => ({ source, element })));
    for (const element of childrenOf(source.element, wsdlNamespace, 'import')) {
      const place = { source, element };
      const location = attribute(element, 'location')?.trim();
      if (location === undefined) throw faultAt(placeOf(place), 'the import has no location');
      const imported = follow(place, location, 'the imported document');
      if (imported.element.namespace === wsdlNamespace) addDefinitions(imported);
      else inline.push({ source: imported, element: schemaRoot(imported, place) });
    }
  };

  addDefinitions(root);
  for (const schema of inline) addSchema(schema, null);
  return { definitions, schemas };
}

/** What a schema without a namespace calls by a bare name is in the namespace of whoever includes it. */
function adopted(element: XmlElement, namespace: string): XmlElement {
  return {
    ...element,
    scope: (element.scope[''] ?? '') === '' ? { ...element.scope, '': namespace } : element.scope,
    children: element.children.map((child) => (typeof child === 'string' ? child : adopted(child, namespace))),
  };
}

/** What libraries know by heart, so that an import of it leads nowhere on purpose. */
const wellKnown: ReadonlySet<string> = new Set([
  xsdNamespace,
  'http://www.w3.org/XML/1998/namespace',
  'http://schemas.xmlsoap.org/soap/encoding/',
  'http://schemas.xmlsoap.org/wsdl/',
]);

function schemaRoot(source: XmlSource, from: Located): XmlSource['element'] {
  const { element } = source;
  if (element.namespace === xsdNamespace && element.name === 'schema') return element;
  throw faultAt(placeOf(from), `${source.name} is not an XML Schema: its root is ${element.name}`);
}
