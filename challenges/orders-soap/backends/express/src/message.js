import { XmlC14NMode, XmlElement } from 'libxml2-wasm';
import { BadMessage } from './refusal.js';
import { checkBySchema, withDocument } from './schema-validator.js';

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
const xsi = 'http://www.w3.org/2001/XMLSchema-instance';
const nextActor = 'http://schemas.xmlsoap.org/soap/actor/next';

/**
 * Refuses what the package `soap` would let pass, and returns the message that it may read: nothing but the element that was held against the
 * schema, in its canonical form. So there is one way to read it, whatever prefixes, comments, CDATA sections and encodings it came with.
 */
export function checkedMessage(bytes, action, operations) {
  return withDocument(bytes, ({ root }) => {
    if (root.name !== 'Envelope') throw new BadMessage('The message is not a SOAP envelope.');
    if (root.namespaceUri !== soap) throw new BadMessage('The envelope is not one of SOAP 1.1.', 'VersionMismatch');
    const header = elements(root).find((each) => each.name === 'Header' && each.namespaceUri === soap);
    if (header !== undefined) checkHeader(header);
    const body = elements(root).find((each) => each.name === 'Body' && each.namespaceUri === soap);
    const [request, second] = body === undefined ? [] : elements(body);
    if (request === undefined || second !== undefined) throw new BadMessage('The body must hold one element.');
    checkBySchema(request);
    if (!operations.includes(request.name)) throw new BadMessage(`There is no operation ${request.name}.`);
    checkAction(action, request.name);
    // By now these say nothing more: a text that may not be empty, and is, was nil.
    for (const attribute of request.find('.//@xsi:*', { xsi })) attribute.remove();
    return envelope(request.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 }));
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

/** The body says which operation is meant. An action that says another is a mistake, or an attempt to slip past a gateway that reads only it. */
function checkAction(action, operation) {
  if (action === undefined) throw new BadMessage('The header SOAPAction is missing.');
  const bare = action.trim().replace(/^"(.*)"$/, '$1');
  if (bare !== '' && bare !== `urn:assay:orders#${operation}`) throw new BadMessage('The SOAPAction is not the one of this operation.');
}

function elements(parent) {
  const found = [];
  for (let child = parent.firstChild; child !== null; child = child.next) if (child instanceof XmlElement) found.push(child);
  return found;
}

export function fault(code, message) {
  return envelope(`<soap:Fault><faultcode>soap:${code}</faultcode><faultstring>${escape(message)}</faultstring></soap:Fault>`);
}

const envelope = (inside) => `<soap:Envelope xmlns:soap="${soap}"><soap:Body>${inside}</soap:Body></soap:Envelope>`;

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;', '\n': '&#10;', '\t': '&#9;' };
export const escape = (value) => value.replace(/[&<>"\r\n\t]/g, (sign) => escapes[sign]);
