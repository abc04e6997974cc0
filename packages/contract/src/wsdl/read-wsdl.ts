import { faultAt, ProblemLog } from '../openapi/source/problem-log.ts';
import type { Contract, Operation } from '../vocabulary/operation.ts';
import { wsdlNamespace } from '../xml/names.ts';
import { attribute, childrenOf } from '../xml/xml-element.ts';
import { Components } from './components.ts';
import { loadDocuments } from './load-documents.ts';
import { findPorts, type Port } from './ports.ts';
import { readSoapOperation, type ReadSoapOperation } from './read-operation.ts';
import { schemaFiles } from './schema-files.ts';
import { TypeReader } from './type-reader.ts';
import { Unreadable } from './unreadable.ts';
import { type Located, parseXmlSource, placeOf } from './xml-source.ts';

/**
 * Reads a WSDL 1.1 document: document/literal, wrapped or bare, and rpc/literal, over SOAP 1.1 or 1.2. What one operation says wrongly leaves
 * that operation out, with a problem that has its line; when none is left, the first such problem is the fault.
 * @throws Fault `bad-contract`, with `file:line:column`
 */
export function readWsdl(
  name: string,
  file: string | null,
  text: string,
  folder: string | null,
  strict: boolean,
): Contract {
  const root = parseXmlSource(name, file, text, false);
  const start = placeOf({ source: root, element: root.element });
  if (root.element.namespace !== wsdlNamespace || root.element.name !== 'definitions')
    throw faultAt(start, `this is neither an OpenAPI 3 document nor a WSDL 1.1: ${whatElse(root.element)}`);
  const log = new ProblemLog();
  const documents = loadDocuments(root, folder, log);
  const components = new Components(documents);
  const types = new TypeReader(components);
  const ports = findPorts(components, log);
  const read = ports.flatMap((port) => operationsOf(port).flatMap((bound) => readOne(types, port, bound, log)));
  const broken = log.firstBroken();
  if (broken !== null && (strict || read.length === 0)) throw broken;
  if (read.length === 0) throw faultAt(start, 'the document has no operation over SOAP, so there is nothing to judge');
  const wrappers = read.flatMap(({ operation }) => operation.wrappers);
  const declared = schemaFiles(documents.schemas, []);
  const called = wrappers.length === 0 ? declared : schemaFiles(documents.schemas, wrappers);
  const ids = new Set<string>();
  const operations = read.map(
    ({ port, bound, operation }): Operation =>
      operation.finish(
        newId(ids, port, attribute(bound.element, 'name') ?? ''),
        operation.wrappers.length === 0 ? declared : called,
      ),
  );
  tellHeaders(
    operations,
    read.map(({ bound }) => bound),
    log,
  );
  return {
    source: name,
    format: 'wsdl',
    version: '1.1',
    title: titleOf(root.element, components),
    operations,
    definitions: types.definitions,
    securitySchemes: [],
    problems: log.problems(),
  };
}

/** Tells once of each header that is asked for: it is not sent, and many documents have it at every operation. */
function tellHeaders(operations: readonly Operation[], places: readonly Located[], log: ProblemLog): void {
  for (const [headers, asking] of Map.groupBy(operations, ({ soap }) => soap?.headers?.join(' and '))) {
    const [first] = asking;
    const place = first === undefined ? undefined : places[operations.indexOf(first)];
    if (headers === undefined || first === undefined || place === undefined) continue;
    const who = asking.length === 1 ? `${first.id} asks` : `${first.id} and ${asking.length - 1} more ask`;
    log.odd(
      placeOf(place),
      `${who} for the header ${headers}, which is not sent: what is refused for that is not judged`,
    );
  }
}

function operationsOf({ binding }: Port): readonly Located[] {
  return childrenOf(binding.element, wsdlNamespace, 'operation').map((element) => ({
    source: binding.source,
    element,
  }));
}

function readOne(
  types: TypeReader,
  port: Port,
  bound: Located,
  log: ProblemLog,
): readonly { readonly port: Port; readonly bound: Located; readonly operation: ReadSoapOperation }[] {
  try {
    return [{ port, bound, operation: readSoapOperation(types, port, bound, log) }];
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    log.broken(error.place, `the operation ${attribute(bound.element, 'name') ?? ''} is left out: ${error.message}`);
    return [];
  }
}

/** Operations of several ports, and overloaded ones, may have one name. */
function newId(ids: Set<string>, port: Port, name: string): string {
  let id = ids.has(name) ? `${port.name}.${name}` : name;
  for (let count = 2; ids.has(id); count += 1) id = `${port.name}.${name}-${count}`;
  ids.add(id);
  return id;
}

function titleOf(root: Located['element'], components: Components): string {
  const [service] = components.services;
  return attribute(root, 'name') ?? (service === undefined ? undefined : attribute(service.element, 'name')) ?? '';
}

/** What a document is that is no WSDL 1.1, by its root. */
export function whatElse({ name, namespace }: Located['element']): string {
  if (namespace === 'http://www.w3.org/ns/wsdl') return 'it is a WSDL 2.0, which nearly nobody speaks; give a WSDL 1.1';
  if (namespace === 'http://www.w3.org/2001/XMLSchema') return 'it is an XML Schema; give the WSDL that imports it';
  if (/^html$/i.test(name)) return 'it is a web page';
  return `its root is ${name}${namespace === '' ? '' : ` in the namespace ${namespace}`}`;
}
