import { XmlElement } from 'libxml2-wasm';
import { BadMessage } from './refusal.js';
import { checkBySchema, withDocument } from './schema-validator.js';

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
const orders = 'urn:assay:orders';
const xsi = 'http://www.w3.org/2001/XMLSchema-instance';
const nextActor = 'http://schemas.xmlsoap.org/soap/actor/next';

/** What a message asks for: the operation, which the body names and not the header, and its values. */
export function readMessage(bytes) {
  return withDocument(bytes, ({ root }) => {
    if (root.name !== 'Envelope') throw new BadMessage('The message is not a SOAP envelope.');
    if (root.namespaceUri !== soap) throw new BadMessage('The envelope is not one of SOAP 1.1.', 'VersionMismatch');
    const header = elements(root).find((each) => each.name === 'Header' && each.namespaceUri === soap);
    if (header !== undefined) checkHeader(header);
    const body = elements(root).find((each) => each.name === 'Body' && each.namespaceUri === soap);
    const [request, second] = body === undefined ? [] : elements(body);
    if (request === undefined || second !== undefined) throw new BadMessage('The body must hold one element.');
    checkBySchema(request);
    return { operation: request.name, values: valuesOf(request) };
  });
}

/** This service knows no header blocks, so it has to refuse those addressed to it that must be understood. */
function checkHeader(header) {
  for (const block of elements(header)) {
    const said = (wanted) => block.attrs.find(({ name, namespaceUri }) => name === wanted && namespaceUri === soap)?.value ?? '';
    if (['', nextActor].includes(said('actor').trim()) && ['1', 'true'].includes(said('mustUnderstand')))
      throw new BadMessage(`The header block ${block.name} is not understood.`, 'MustUnderstand');
  }
}

function elements(parent) {
  const found = [];
  for (let child = parent.firstChild; child !== null; child = child.next) if (child instanceof XmlElement) found.push(child);
  return found;
}

const isNil = ({ name, namespaceUri, value }) => name === 'nil' && namespaceUri === xsi && ['true', '1'].includes(value.trim());

/** An element as an object of its attributes and elements; one without either as its text, or null when it says so. */
function valuesOf(element) {
  if (element.attrs.some(isNil)) return null;
  const inside = elements(element);
  const attributes = element.attrs.filter(({ namespaceUri }) => namespaceUri === '');
  if (inside.length === 0 && attributes.length === 0) return element.content;
  const values = Object.fromEntries(attributes.map(({ name, value }) => [name, value]));
  for (const child of inside) {
    if (child.name === 'line') (values.line ??= []).push(valuesOf(child));
    else values[child.name] = valuesOf(child);
  }
  return values;
}

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;', '\n': '&#10;', '\t': '&#9;' };
export const escape = (value) => String(value).replace(/[&<>"\r]/g, (sign) => escapes[sign]);
const escapeAttribute = (value) => String(value).replace(/[&<>"\r\n\t]/g, (sign) => escapes[sign]);

export function attributes(values) {
  return Object.entries(values).map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('');
}

export function answer(operation, inside) {
  return envelope(`<o:${operation}Response xmlns:o="${orders}">${inside}</o:${operation}Response>`);
}

export function fault(code, message, detail = null) {
  const details = detail === null ? '' : `<detail><o:${detail.kind} xmlns:o="${orders}"${attributes(detail.details)}/></detail>`;
  return envelope(
    `<soap:Fault><faultcode>soap:${code}</faultcode><faultstring>${escape(message)}</faultstring>${details}</soap:Fault>`,
  );
}

function envelope(inside) {
  return `<?xml version="1.0" encoding="utf-8"?>\n<soap:Envelope xmlns:soap="${soap}"><soap:Body>${inside}</soap:Body></soap:Envelope>`;
}
