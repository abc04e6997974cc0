import { faultAt } from '../openapi/source/problem-log.ts';
import type { ParsedSource } from '../openapi/source/parsed-source.ts';
import type { Place } from '../openapi/source/place.ts';
import { SourceText } from '../openapi/source/source-text.ts';
import { parseXml } from '../xml/parse-xml.ts';
import { attribute, qualifiedName, type XmlElement } from '../xml/xml-element.ts';
import type { XmlName } from '../vocabulary/soap.ts';

/** A WSDL or XSD document, as a source that problems can be told of. */
export interface XmlSource extends ParsedSource {
  readonly text: SourceText;
  readonly element: XmlElement;
}

/** An element with the document it stands in. */
export interface Located {
  readonly source: XmlSource;
  readonly element: XmlElement;
}

/** @throws Fault `bad-contract` with line and column when the text is not well-formed XML */
export function parseXmlSource(name: string, file: string | null, content: string, referenced: boolean): XmlSource {
  const text = new SourceText(name, content.startsWith('\uFEFF') ? content.slice(1) : content);
  const blank = { text, name, file, referenced, root: null, offsets: new Map() };
  const parsed = parseXml(text.text);
  if (!parsed.ok)
    throw faultAt(
      { source: blank, pointer: '', value: undefined, offset: parsed.offset },
      `this is not well-formed XML: ${parsed.message}`,
    );
  return { ...blank, element: parsed.root };
}

/** Where an element stands, for a problem or a fault. The pointer is a short XPath: `/definitions/portType[@name='Orders']`. */
export function placeOf({ source, element }: Located): Place {
  const name = attribute(element, 'name');
  return {
    source,
    pointer: `//${element.name}${name === undefined ? '' : `[@name='${name}']`}`,
    value: undefined,
    offset: element.offset,
  };
}

/** One string for a name, to be a key in maps. */
export function keyOf({ namespace, local }: XmlName): string {
  return `{${namespace}}${local}`;
}

/** The name that an attribute refers to; undefined without the attribute, null when its prefix is not declared. */
export function referenceOf(element: XmlElement, name: string): XmlName | null | undefined {
  const text = attribute(element, name)?.trim();
  return text === undefined ? undefined : qualifiedName(element, text);
}
