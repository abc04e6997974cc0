import type { RequestCase } from '../generate/request-case.ts';
import { isJsonObject, type Json } from '../vocabulary/json.ts';
import type { HeaderFields } from '../vocabulary/exchange.ts';
import type { Operation } from '../vocabulary/operation.ts';
import type { SoapBinding, XmlMember, XmlName, XmlText, XmlType } from '../vocabulary/soap.ts';
import { soapEnvelopes, xsiNamespace } from '../xml/names.ts';
import { own } from '../vocabulary/own.ts';
import { escapeAttribute, escapeText } from '../xml/write-xml.ts';

export interface EncodedEnvelope {
  readonly headers: HeaderFields;
  readonly text: string;
}

/** Writes a request as a SOAP envelope, with the headers that go with it. Values that the contract forbids are written as well as XML can. */
export function encodeEnvelope(operation: Operation, soap: SoapBinding, request: RequestCase): EncodedEnvelope {
  let root: Json = {};
  if (soap.input !== null && request.body !== undefined) root = planted(root, soap.input.path, request.body.value);
  // A wrapper of nothing but filters may have to be there although all of them are left out.
  if (soap.input !== null && operation.requestBody === null) root = planted(root, soap.input.path, {});
  for (const { name, in: place, pointer } of operation.parameters) {
    const value = place === 'path' ? own(request.path, name) : place === 'query' ? own(request.query, name) : undefined;
    if (pointer !== undefined && value !== undefined) root = planted(root, keysOf(pointer), value);
  }
  const body = soap.input === null ? '' : new Writer(soap).element(soap.input.element, soap.input.type, root);
  return { headers: soapHeaders(soap, soap.action), text: envelopeOf(soap.version, body) };
}

/** The media type and the action, as each version has them. */
export function soapHeaders({ version }: Pick<SoapBinding, 'version'>, action: string): HeaderFields {
  if (version === '1.1')
    return [
      ['content-type', 'text/xml; charset=utf-8'],
      ['soapaction', `"${action}"`],
    ];
  return [['content-type', `application/soap+xml; charset=utf-8${action === '' ? '' : `; action="${action}"`}`]];
}

/** An envelope around what is XML already. `header` stands inside of its Header. */
export function envelopeOf(version: SoapBinding['version'], body: string, header = ''): string {
  const head = header === '' ? '' : `<soap:Header>${header}</soap:Header>`;
  return `<?xml version="1.0" encoding="utf-8"?>\n<soap:Envelope xmlns:soap="${soapEnvelopes[version]}">${head}<soap:Body>${body}</soap:Body></soap:Envelope>`;
}

function keysOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function planted(root: Json, path: readonly string[], value: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return isJsonObject(root) && isJsonObject(value) ? { ...root, ...value } : value;
  const object = isJsonObject(root) ? root : {};
  return { ...object, [key]: planted(own(object, key) ?? {}, rest, value) };
}

/** Writes values as elements. Every namespace gets a prefix of its own where it is used, and there is no default one. */
class Writer {
  readonly #soap: SoapBinding;

  constructor(soap: SoapBinding) {
    this.#soap = soap;
  }

  element(name: XmlName, type: XmlType, value: Json): string {
    const tag = name.namespace === '' ? name.local : `n:${name.local}`;
    const declared = name.namespace === '' ? '' : ` xmlns:n="${escapeAttribute(name.namespace)}"`;
    if (value === null) return `<${tag}${declared} xmlns:xsi="${xsiNamespace}" xsi:nil="true"/>`;
    const { attributes: own, inside } = this.#content(type, value);
    const attributes = `${this.#actual(type)}${own}`;
    return inside === '' ? `<${tag}${declared}${attributes}/>` : `<${tag}${declared}${attributes}>${inside}</${tag}>`;
  }

  #actual(type: XmlType): string {
    if (type.kind === 'ref') return this.#actual(this.#soap.types[type.name] ?? { kind: 'anything' });
    if (type.kind !== 'members' || type.actual === undefined) return '';
    const { namespace, local } = type.actual;
    const typed =
      namespace === '' ? `xsi:type="${local}"` : `xmlns:t="${escapeAttribute(namespace)}" xsi:type="t:${local}"`;
    return ` xmlns:xsi="${xsiNamespace}" ${typed}`;
  }

  #content(type: XmlType, value: Json): { readonly attributes: string; readonly inside: string } {
    if (type.kind === 'ref') return this.#content(this.#soap.types[type.name] ?? { kind: 'anything' }, value);
    if (type.kind === 'text' && !isJsonObject(value))
      return { attributes: '', inside: escapeText(textOf(type.text, value)) };
    if (!isJsonObject(value))
      return { attributes: '', inside: escapeText(textOf(Array.isArray(value) ? 'list' : 'string', value)) };
    const members = type.kind === 'members' ? type.members : [];
    const known = new Set(members.map(({ property }) => property));
    const attributes = members
      .filter(({ place }) => place === 'attribute')
      .map((member) => attributeOf(member, own(value, member.property)))
      .join('');
    // What the schema does not know stands last, without a namespace.
    const strangers = Object.entries(value).filter(([name]) => !known.has(name));
    const elements = [
      ...this.#members(members, value),
      ...strangers.map(([name, each]) =>
        this.element({ namespace: '', local: elementName(name) }, { kind: 'anything' }, each),
      ),
    ];
    return { attributes, inside: elements.join('') };
  }

  *#members(members: readonly XmlMember[], value: { readonly [key: string]: Json }): Generator<string> {
    const done = new Set<number>();
    for (const member of members) {
      if (member.place === 'attribute') continue;
      const held = own(value, member.property);
      if (member.place === 'text') {
        if (held !== undefined && member.type.kind === 'text') yield escapeText(textOf(member.type.text, held));
      } else if (member.turn === null) yield* this.#each(member, held);
      else if (!done.has(member.turn)) {
        done.add(member.turn);
        yield* this.#inTurns(
          members.filter(({ turn }) => turn === member.turn),
          value,
        );
      }
    }
  }

  *#each(member: XmlMember, held: Json | undefined): Generator<string> {
    if (held === undefined) return;
    const values =
      Array.isArray(held) && !(member.type.kind === 'text' && member.type.text === 'list' && !member.repeats)
        ? (held as readonly Json[])
        : [held];
    for (const each of values) yield this.element(member.name, member.type, each);
  }

  *#inTurns(members: readonly XmlMember[], value: { readonly [key: string]: Json }): Generator<string> {
    const lists = members.map((member) => {
      const held = own(value, member.property);
      return held === undefined ? [] : Array.isArray(held) ? (held as readonly Json[]) : [held];
    });
    const rounds = Math.max(0, ...lists.map(({ length }) => length));
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, member] of members.entries()) {
        const each = lists[index]?.[round];
        if (each !== undefined) yield this.element(member.name, member.type, each);
      }
    }
  }
}

function attributeOf({ name, type }: XmlMember, value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  const text = escapeAttribute(textOf(type.kind === 'text' ? type.text : 'string', value));
  return name.namespace === ''
    ? ` ${name.local}="${text}"`
    : ` xmlns:a-${name.local}="${escapeAttribute(name.namespace)}" a-${name.local}:${name.local}="${text}"`;
}

/** A value as the text of an element. Numbers are written without an exponent where a decimal is meant. */
function textOf(text: XmlText, value: Json): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number') return text === 'number' || text === 'string' ? plainNumber(value) : String(value);
  if (Array.isArray(value)) return value.map((item: Json) => textOf('string', item)).join(' ');
  return JSON.stringify(value);
}

function plainNumber(value: number): string {
  const text = String(Object.is(value, -0) ? 0 : value);
  if (!text.includes('e')) return text;
  const digits = Math.abs(value) >= 1 ? BigInt(value).toString() : value.toFixed(20).replace(/0+$/, '');
  return digits;
}

/** A name that XML can hold, for members that only an invalid request has. */
function elementName(name: string): string {
  const safe = name.replaceAll(/[^A-Za-z0-9_.-]/g, '_');
  return /^[A-Za-z_]/.test(safe) ? safe : `_${safe}`;
}
