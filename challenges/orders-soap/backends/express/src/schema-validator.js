import { readFileSync } from 'node:fs';
import { ParseOption, XmlDocument, XmlLibError, XsdValidator } from 'libxml2-wasm';
import { BadMessage } from './refusal.js';

const schema = XmlDocument.fromBuffer(readFileSync(new URL('../contract/orders.xsd', import.meta.url)));
const validator = XsdValidator.fromDoc(schema);
// Nothing outside of the message is read, whatever a document type in it says.
const option = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE;

/** Parses a message and hands it to `read`; the document lives outside of JavaScript's memory and is freed afterwards. */
export function withDocument(bytes, read) {
  let document;
  try {
    document = XmlDocument.fromBuffer(bytes, { option });
  } catch {
    throw new BadMessage('The message is not well-formed XML.');
  }
  try {
    if (document.dtd) throw new BadMessage('A SOAP message must not have a document type.');
    if (document.get('//processing-instruction()')) throw new BadMessage('A SOAP message must not have processing instructions.');
    return read(document);
  } finally {
    document.dispose();
  }
}

/** Refuses an element that the schema does not allow. */
export function checkBySchema(element) {
  try {
    validator.validate(element);
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    const [detail] = error.details;
    throw new BadMessage(`The message is not as the schema has it: ${(detail?.message ?? '').trim().replaceAll(/\{[^}]*\}/g, '')}`);
  }
}
