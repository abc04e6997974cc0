import type { XmlMember, XmlName } from '../vocabulary/soap.ts';
import { wsdlNamespace } from '../xml/names.ts';
import { attribute, childrenOf, elementsOf } from '../xml/xml-element.ts';
import { inSequence, objectSchema, single } from './content.ts';
import type { Wrapper } from './schema-files.ts';
import type { ReadElement, TypeReader } from './type-reader.ts';
import { Unreadable } from './unreadable.ts';
import { type Located, referenceOf } from './xml-source.ts';

export interface ReadMessage {
  /** Null: nothing stands in the body. */
  readonly element: ReadElement | null;
  /** For rpc: the wrapper, which no schema declares. */
  readonly wrapper: Wrapper | null;
}

/** One direction of an operation: as the port type has it, and as the binding does. */
export interface Direction {
  /** `wsdl:input` or `wsdl:output` of the port type. */
  readonly abstract: Located;
  /** The same of the binding; null when it says nothing of it. */
  readonly concrete: Located | null;
  readonly soapNamespace: string;
  readonly style: 'document' | 'rpc';
  /** What the wrapper of an rpc call is named. */
  readonly wrapperName: string;
  readonly targetNamespace: string;
}

/** Reads what stands in a SOAP body. @throws Unreadable at the line that says something which is not read */
export function readMessage(types: TypeReader, direction: Direction): ReadMessage {
  const { abstract, concrete, soapNamespace, style } = direction;
  const message = types.components.referred('message', abstract, 'message');
  const body = concrete === null ? undefined : childrenOf(concrete.element, soapNamespace, 'body')[0];
  const attachments =
    concrete === null ? undefined : elementsOf(concrete.element).find(({ name }) => name === 'multipartRelated');
  if (concrete !== null && attachments !== undefined)
    throw new Unreadable(
      { ...concrete, element: attachments },
      'messages with attachments (multipart/related) are not read',
    );
  if (concrete !== null && body !== undefined && attribute(body, 'use') === 'encoded')
    throw new Unreadable(
      { source: concrete.source, element: body },
      'use="encoded" is not read, only use="literal" is: SOAP encoding was dropped by the WS-I Basic Profile and leaves open what a message looks like',
    );
  const parts = partsOf(message, concrete, soapNamespace, body === undefined ? undefined : attribute(body, 'parts'));
  if (style === 'rpc')
    return rpcMessage(types, direction, parts, body === undefined ? undefined : attribute(body, 'namespace'));
  const [part, second] = parts;
  if (part === undefined) return { element: null, wrapper: null };
  if (second !== undefined)
    throw new Unreadable(
      second,
      `a body of style document holds one part, and ${attribute(message.element, 'name') ?? 'the message'} has ${parts.length}; name the one with \`parts\``,
    );
  const name = referenceOf(part.element, 'element');
  if (name === undefined)
    throw new Unreadable(
      part,
      `the part ${attribute(part.element, 'name') ?? ''} names a type; with style document it has to name an element`,
    );
  if (name === null)
    throw new Unreadable(part, `the prefix of \`${attribute(part.element, 'element') ?? ''}\` is not declared`);
  return { element: types.element(name, part), wrapper: null };
}

/** The parts that stand in the body: those the binding names, or all that are not headers. */
function partsOf(
  message: Located,
  concrete: Located | null,
  soapNamespace: string,
  named: string | undefined,
): readonly Located[] {
  const all = childrenOf(message.element, wsdlNamespace, 'part').map((element) => ({
    source: message.source,
    element,
  }));
  const own = attribute(message.element, 'name');
  const headers = (concrete === null ? [] : childrenOf(concrete.element, soapNamespace, 'header'))
    .filter((header) => referenceOf(header, 'message')?.local === own)
    .map((header) => attribute(header, 'part'));
  const wanted = named?.split(/\s+/).filter((name) => name !== '');
  return all.filter(({ element }) => {
    const name = attribute(element, 'name') ?? '';
    return wanted === undefined ? !headers.includes(name) : wanted.includes(name);
  });
}

function rpcMessage(
  types: TypeReader,
  direction: Direction,
  parts: readonly Located[],
  namespace: string | undefined,
): ReadMessage {
  const name: XmlName = { namespace: namespace ?? direction.targetNamespace, local: direction.wrapperName };
  const described: Wrapper['parts'][number][] = [];
  const contents = parts.map((part) => {
    const local = attribute(part.element, 'name') ?? '';
    const type = referenceOf(part.element, 'type');
    if (type === undefined || type === null)
      throw new Unreadable(
        part,
        `the part ${local} has to name a type that is declared: with style rpc, elements cannot be parts`,
      );
    described.push({ name: local, type });
    const read = types.named(type, part);
    const member: XmlMember = {
      property: local,
      place: 'element',
      name: { namespace: '', local },
      type: read.type,
      repeats: false,
      turn: null,
    };
    return single(member, read.schema, true);
  });
  const content = inSequence(contents);
  return {
    element: { name, schema: objectSchema(content), type: { kind: 'members', members: content.members } },
    wrapper: { name, parts: described },
  };
}
