import { isJsonObject, type Json } from '../vocabulary/json.ts';
import type { SoapFault, SoapMessage, XmlMember, XmlName, XmlText, XmlType } from '../vocabulary/soap.ts';
import { soapEnvelopes, xsiNamespace } from '../xml/names.ts';
import { own } from '../vocabulary/own.ts';
import { parseXml } from '../xml/parse-xml.ts';
import { childrenOf, elementsOf, qualifiedName, textOf, type XmlElement } from '../xml/xml-element.ts';

type Types = Readonly<Record<string, XmlType>>;
type Version = keyof typeof soapEnvelopes;

/** What an envelope holds: nothing, an element that answers, or a fault. */
export type Envelope =
  | { readonly kind: 'empty'; readonly version: Version }
  | { readonly kind: 'answer'; readonly version: Version; readonly element: XmlElement; readonly several: boolean }
  | { readonly kind: 'fault'; readonly version: Version; readonly fault: SoapFault };

/** Takes an envelope of either version apart; why it is none, where it is none. */
export function readEnvelope(text: string): Envelope | { readonly kind: 'none'; readonly reason: string } {
  const parsed = parseXml(text.startsWith('\uFEFF') ? text.slice(1) : text);
  if (!parsed.ok) return { kind: 'none', reason: `it is not well-formed XML: ${parsed.message}` };
  const { root } = parsed;
  const version = (Object.keys(soapEnvelopes) as readonly Version[]).find(
    (each) => soapEnvelopes[each] === root.namespace,
  );
  if (version === undefined || root.name !== 'Envelope')
    return { kind: 'none', reason: `its root is ${root.name}, and not a SOAP Envelope` };
  const namespace = soapEnvelopes[version];
  const [body] = childrenOf(root, namespace, 'Body');
  if (body === undefined) return { kind: 'none', reason: 'the envelope has no Body' };
  const [first, second] = elementsOf(body);
  if (first === undefined) return { kind: 'empty', version };
  if (first.namespace === namespace && first.name === 'Fault')
    return { kind: 'fault', version, fault: faultOf(first, version, namespace) };
  return { kind: 'answer', version, element: first, several: second !== undefined };
}

/** The value of a message's element: from where the message says that what it tells begins. */
export function decodeMessage(element: XmlElement, message: SoapMessage, types: Types): Json {
  let value = decode(element, message.type, types);
  for (const key of message.path) value = isJsonObject(value) ? (own(value, key) ?? null) : null;
  return value;
}

function decode(element: XmlElement, type: XmlType, types: Types): Json {
  const nil = element.attributes.find(({ name, namespace }) => name === 'nil' && namespace === xsiNamespace)?.value;
  if (nil === 'true' || nil === '1') return null;
  switch (type.kind) {
    case 'ref':
      return decode(element, types[type.name] ?? { kind: 'anything' }, types);
    case 'text':
      return valueOf(textOf(element), type.text);
    case 'anything':
      return generic(element);
    case 'members':
      return Object.fromEntries(type.members.flatMap((member) => memberOf(element, member, types)));
    default:
      return type satisfies never;
  }
}

/** A list that is absent is empty; anything else that is absent stays so. Elements are known by their local name: namespaces are for the schema to judge. */
function memberOf(element: XmlElement, member: XmlMember, types: Types): readonly (readonly [string, Json])[] {
  const { property, name, type } = member;
  if (member.place === 'attribute') {
    const text = element.attributes.find(
      (each) => each.name === name.local && each.namespace === name.namespace,
    )?.value;
    return text === undefined ? [] : [[property, valueOf(text, type.kind === 'text' ? type.text : 'string')]];
  }
  if (member.place === 'text')
    return [[property, valueOf(textOf(element), type.kind === 'text' ? type.text : 'string')]];
  const found = elementsOf(element).filter((child) => child.name === name.local);
  if (member.repeats) return [[property, found.map((child) => decode(child, type, types))]];
  const [first] = found;
  return first === undefined ? [] : [[property, decode(first, type, types)]];
}

/** What no schema describes: a text, or an object of the elements inside. */
function generic(element: XmlElement): Json {
  const children = elementsOf(element);
  if (children.length === 0) return textOf(element);
  const groups = Map.groupBy(children, ({ name }) => name);
  return Object.fromEntries(
    [...groups].map(([name, those]) => [
      name,
      those.length === 1 && those[0] !== undefined ? generic(those[0]) : those.map(generic),
    ]),
  );
}

/** A number that JavaScript cannot hold whole stays the text it is. */
function valueOf(text: string, read: XmlText): Json {
  const bare = text.trim();
  switch (read) {
    case 'string':
      return text;
    case 'boolean':
      return bare === 'true' || bare === '1' ? true : bare === 'false' || bare === '0' ? false : text;
    case 'list':
      return bare === '' ? [] : bare.split(/\s+/);
    case 'number': {
      const value = Number(bare);
      const digits = bare.replaceAll(/[^\d]/g, '').replace(/^0+/, '');
      return bare === '' || !Number.isFinite(value) || (digits.length > 15 && String(value) !== bare) ? text : value;
    }
    default:
      return read satisfies never;
  }
}

function faultOf(fault: XmlElement, version: Version, namespace: string): SoapFault {
  const [detail] =
    version === '1.1'
      ? elementsOf(fault).filter(({ name }) => name === 'detail')
      : childrenOf(fault, namespace, 'Detail');
  const [codeElement] = elementsOf(fault).filter(({ name }) => name === (version === '1.1' ? 'faultcode' : 'Code'));
  const valueElement =
    version === '1.1' ? codeElement : elementsOf(codeElement ?? fault).find(({ name }) => name === 'Value');
  const code = valueElement === undefined ? '' : textOf(valueElement).trim();
  const name = valueElement === undefined ? null : qualifiedName(valueElement, code);
  const reasons = elementsOf(fault).filter((each) => each.name === (version === '1.1' ? 'faultstring' : 'Reason'));
  return {
    version,
    blames: name === null ? 'other' : blamedBy(name, namespace),
    code,
    reason: reasons.map((each) => textOf(each).trim()).join(' '),
    declared: false,
    details:
      detail === undefined
        ? []
        : elementsOf(detail).map((each): XmlName => ({ namespace: each.namespace, local: each.name })),
    detail: detail === undefined ? null : generic(detail),
  };
}

/** WCF and CoreWCF write the codes of SOAP 1.2's subcodes as they are in SOAP 1.1, where each of them is one that SOAP does not know. */
const stockCodes: Readonly<Record<string, Readonly<Record<string, 'client' | 'server'>>>> = {
  'http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher': {
    InternalServiceFault: 'server',
    DeserializationFailed: 'client',
  },
  'http://schemas.microsoft.com/ws/2005/05/addressing/none': { ActionNotSupported: 'client' },
  'http://www.w3.org/2005/08/addressing': { ActionNotSupported: 'client' },
};

/**
 * SOAP 1.1 lets codes be made narrower with a dot: `Client.Authentication`. A bare `Server`, in no namespace, is not as it must be written, and
 * says all the same that the server failed.
 */
function blamedBy({ namespace, local }: XmlName, envelope: string): SoapFault['blames'] {
  if (namespace === '' && local.split('.')[0] === 'Server') return 'server';
  if (namespace !== envelope) return own(own(stockCodes, namespace) ?? {}, local) ?? 'other';
  switch (local.split('.')[0]) {
    case 'Client':
    case 'Sender':
      return 'client';
    case 'Server':
    case 'Receiver':
      return 'server';
    case 'VersionMismatch':
      return 'version';
    case 'MustUnderstand':
      return 'must-understand';
    default:
      return 'other';
  }
}
