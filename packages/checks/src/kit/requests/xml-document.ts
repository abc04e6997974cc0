import {
  type Contract,
  isJsonObject,
  type Json,
  type MediaContent,
  type Operation,
  propertiesOf,
  resolved,
  type Schema,
} from '@assay/contract';

/** The XML content of an operation's request body, or null when it takes none. */
export function xmlContentOf(operation: Operation): MediaContent | null {
  return operation.requestBody?.content.find(({ mediaType }) => /[/+]xml$/.test(mediaType)) ?? null;
}

/** A document for it: the value written as its schema says, or else the contract's own example. Null when there is neither. */
export function xmlDocument(contract: Contract, content: MediaContent, value: Json | undefined): string | null {
  if (isJsonObject(value)) {
    const name = nameOf(content.schema, contract) ?? 'root';
    return `<?xml version="1.0" encoding="UTF-8"?>\n${element(name, value, content.schema, contract)}`;
  }
  if (typeof value === 'string' && value.trim().startsWith('<')) return value;
  const example = content.examples.find((one) => typeof one === 'string' && one.trim().startsWith('<'));
  return typeof example === 'string' ? example : null;
}

function element(name: string, value: Json, schema: Schema, contract: Contract): string {
  if (!isJsonObject(value)) return `<${name}>${escaped(String(value ?? ''))}</${name}>`;
  const members = propertiesOf(schema, contract.definitions);
  let attributes = '';
  let inner = '';
  for (const [key, member] of Object.entries(value)) {
    const own = members.get(key) ?? true;
    const xml = xmlOf(own, contract);
    const called = typeof xml['name'] === 'string' ? xml['name'] : key;
    if (xml['attribute'] === true) attributes += ` ${called}="${escaped(String(member))}"`;
    else if (Array.isArray(member)) inner += list(called, member, own, xml['wrapped'] === true, contract);
    else inner += element(called, member, own, contract);
  }
  return `<${name}${attributes}>${inner}</${name}>`;
}

function list(name: string, items: readonly Json[], schema: Schema, wrapped: boolean, contract: Contract): string {
  const itemSchema = resolved(schema, contract.definitions)?.['items'];
  const item: Schema = isJsonObject(itemSchema) ? itemSchema : true;
  const own = nameOf(item, contract) ?? name;
  const inner = items.map((one) => element(own, one, item, contract)).join('');
  return wrapped ? `<${name}>${inner}</${name}>` : inner;
}

function nameOf(schema: Schema, contract: Contract): string | null {
  const { name } = xmlOf(schema, contract);
  if (typeof name === 'string') return name;
  const reference = isJsonObject(schema) && typeof schema['$ref'] === 'string' ? schema['$ref'] : null;
  return reference?.split('/').at(-1) ?? null;
}

/** What the schema says about its form in XML; what stands beside a reference counts, too. */
function xmlOf(schema: Schema, contract: Contract): { readonly [key: string]: Json } {
  const own = isJsonObject(schema) ? schema['xml'] : undefined;
  const behind = resolved(schema, contract.definitions)?.['xml'];
  return { ...(isJsonObject(behind) ? behind : {}), ...(isJsonObject(own) ? own : {}) };
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/gu, ' ');
}

/** The document with a document type in front of its root. @param subset what stands between the brackets */
export function withDoctype(document: string, subset: string, external = ''): string {
  const [, prolog = '', root = ''] =
    /^(\s*(?:<\?[^>]*\?>\s*|<!--(?:(?!-->)[^])*-->\s*)*)<([^\s/>]+)/.exec(document) ?? [];
  const type = `<!DOCTYPE ${root}${external === '' ? '' : ` SYSTEM "${external}"`}${subset === '' ? '' : ` [${subset}]`}>`;
  return `${prolog}${type}${document.slice(prolog.length)}`;
}

/** The texts between tags; blank ones do not count. */
const texts = />([^<>]*[^<>\s][^<>]*)</g;

export function countTexts(document: string): number {
  return [...document.matchAll(texts)].length;
}

/** The document with one of the texts between tags, or every one, replaced. */
export function withText(document: string, which: number | 'all', text: string): string {
  let index = -1;
  return document.replace(texts, (whole) => {
    index += 1;
    return which === 'all' || which === index ? `>${text}<` : whole;
  });
}
