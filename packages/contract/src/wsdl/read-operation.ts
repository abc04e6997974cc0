import { soapBindings, wsdlNamespace } from '../xml/names.ts';
import { attribute, childrenOf, textOf } from '../xml/xml-element.ts';
import type { ProblemLog } from '../openapi/source/problem-log.ts';
import type { Operation, ResponseSpec } from '../vocabulary/operation.ts';
import type { SchemaFiles, SoapBinding, XmlName } from '../vocabulary/soap.ts';
import { readMessage, type ReadMessage } from './messages.ts';
import { readOperationName } from './operation-name.ts';
import { readAnswer, readQuestion } from './payload.ts';
import type { Port } from './ports.ts';
import type { Wrapper } from './schema-files.ts';
import type { TypeReader } from './type-reader.ts';
import { Unreadable } from './unreadable.ts';
import { type Located, placeOf, referenceOf } from './xml-source.ts';

/** An operation but for what is known only when all are read. */
export interface ReadSoapOperation {
  readonly wrappers: readonly Wrapper[];
  readonly finish: (id: string, schemas: SchemaFiles) => Operation;
}

/** Reads one operation of a binding. A fault that cannot be read is left out by itself. @throws Unreadable */
export function readSoapOperation(types: TypeReader, port: Port, bound: Located, log: ProblemLog): ReadSoapOperation {
  const name = attribute(bound.element, 'name') ?? '';
  const [abstract] = abstractOf(port, bound, name);
  if (abstract === undefined) throw new Unreadable(bound, `the port type has no operation ${name}`);
  const soapNamespace = soapBindings[port.version];
  const [soap] = childrenOf(bound.element, soapNamespace, 'operation');
  const style = (soap === undefined ? undefined : attribute(soap, 'style')) ?? port.style;
  const targetNamespace = attribute(bound.source.element, 'targetNamespace') ?? '';
  const direction = (kind: 'input' | 'output'): ReadMessage | null => {
    const [element] = childrenOf(abstract.element, wsdlNamespace, kind);
    if (element === undefined) return null;
    const [concrete] = childrenOf(bound.element, wsdlNamespace, kind);
    return readMessage(types, {
      abstract: { source: abstract.source, element },
      concrete: concrete === undefined ? null : { source: bound.source, element: concrete },
      soapNamespace,
      style: style === 'rpc' ? 'rpc' : 'document',
      wrapperName: kind === 'input' ? name : `${name}Response`,
      targetNamespace,
    });
  };
  const input = direction('input');
  const output = direction('output');
  if (input === null)
    throw new Unreadable(abstract, `the operation ${name} is not asked for anything: it has no input`);
  const faults = faultsOf(types, abstract, log);
  const headers = headersOf(bound, soapNamespace);
  return {
    wrappers: [input, output].flatMap((message) => message?.wrapper ?? []),
    finish: (id, schemas) => finished(id, schemas),
  };

  function finished(id: string, schemas: SchemaFiles): Operation {
    const read = readOperationName(name);
    const { definitions } = types;
    const answer =
      output?.element === null || output === null ? null : readAnswer(output.element, definitions, types.types);
    const lists = read.effect === 'read' && answer !== null && isList(answer.schema, definitions);
    const effect = lists ? 'list' : read.effect;
    const question =
      input?.element === null || input === null
        ? null
        : readQuestion(input.element, effect, read.noun, definitions, types.types);
    const mediaType = port.version === '1.1' ? 'text/xml' : 'application/soap+xml';
    const content = (schema: ResponseSpec['content'][number]['schema'] | null) =>
      schema === null ? [] : [{ mediaType, schema, examples: [], codec: 'soap' as const }];
    const binding: SoapBinding = {
      version: port.version,
      name,
      port: port.name,
      action: (soap === undefined ? undefined : attribute(soap, 'soapAction')) ?? '',
      style: style === 'rpc' ? 'rpc' : 'document',
      effect,
      noun: read.noun,
      input:
        question === null || input?.element === null || input === null
          ? null
          : { element: input.element.name, type: input.element.type, path: question.path },
      output:
        answer === null || output?.element === null || output === null
          ? null
          : { element: output.element.name, type: output.element.type, path: answer.path },
      ...(headers.length === 0 ? {} : { headers }),
      faults,
      types: types.types,
      schemas,
    };
    const response = (status: string, schema: Parameters<typeof content>[0], description: string): ResponseSpec => ({
      status,
      description,
      headers: [],
      content: content(schema),
      links: [],
    });
    const [documentation] = abstract === undefined ? [] : childrenOf(abstract.element, wsdlNamespace, 'documentation');
    const { pointer } = placeOf(bound);
    return {
      id,
      method: 'POST',
      path: port.path,
      summary: documentation === undefined ? '' : textOf(documentation).trim(),
      description: '',
      tags: [port.name],
      deprecated: false,
      parameters: question?.parameters ?? [],
      requestBody:
        question === null || question.schema === null ? null : { required: true, content: content(question.schema) },
      responses: [
        response(output === null ? '202' : '200', answer?.schema ?? null, 'the answer'),
        response('500', output === null ? null : true, 'a SOAP Fault'),
      ],
      security: [],
      roles: [],
      soap: binding,
      pointer: bound.source.referenced ? `${bound.source.name}#${pointer}` : pointer,
      line: bound.source.text.position(bound.element.offset).line,
    };
  }
}

/** The operation of the port type; of several with one name, the one whose input is called the same. */
function abstractOf(port: Port, bound: Located, name: string): readonly Located[] {
  const input = (element: Located['element']) => {
    const [found] = childrenOf(element, wsdlNamespace, 'input');
    return found === undefined ? undefined : attribute(found, 'name');
  };
  const same = childrenOf(port.portType.element, wsdlNamespace, 'operation').filter(
    (each) => attribute(each, 'name') === name,
  );
  const exact = same.filter((each) => input(each) === input(bound.element));
  return (exact.length > 0 ? exact : same).map((element) => ({ source: port.portType.source, element }));
}

/** What the binding wants in the header of a message, by the names of the parts. */
function headersOf(bound: Located, soapNamespace: string): readonly string[] {
  return childrenOf(bound.element, wsdlNamespace, 'input')
    .flatMap((input) => childrenOf(input, soapNamespace, 'header'))
    .map((header) => attribute(header, 'part') ?? '');
}

function faultsOf(
  types: TypeReader,
  abstract: Located,
  log: ProblemLog,
): readonly { readonly name: string; readonly element: XmlName }[] {
  return childrenOf(abstract.element, wsdlNamespace, 'fault').flatMap((element) => {
    const located = { source: abstract.source, element };
    try {
      const message = types.components.referred('message', located, 'message');
      const [part] = childrenOf(message.element, wsdlNamespace, 'part');
      const name = part === undefined ? undefined : referenceOf(part, 'element');
      return name === undefined || name === null
        ? []
        : [{ name: attribute(element, 'name') ?? name.local, element: name }];
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      log.odd(error.place, `the fault ${attribute(element, 'name') ?? ''} is left out: ${error.message}`);
      return [];
    }
  });
}

function isList(
  schema: ResponseSpec['content'][number]['schema'] | null,
  definitions: TypeReader['definitions'],
): boolean {
  if (schema === null || typeof schema === 'boolean') return false;
  const target = typeof schema.$ref === 'string' ? definitions[schema.$ref.slice('#/$defs/'.length)] : schema;
  const properties = typeof target === 'object' ? target.properties : undefined;
  const values = typeof properties === 'object' && properties !== null ? Object.values(properties) : [];
  return (
    values.length === 1 &&
    values.every(
      (each: unknown) => typeof each === 'object' && each !== null && 'type' in each && each.type === 'array',
    )
  );
}
