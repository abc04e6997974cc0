import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { XmlElement } from './xml-element.ts';

export type ParsedXml =
  | { readonly ok: true; readonly root: XmlElement; readonly doctype: boolean }
  | { readonly ok: false; readonly message: string; readonly offset: number };

/** Nesting beyond this would overflow the stack of whatever walks the tree. */
const deepest = 400;

/** Each element has the prefixes of those around it: so many that there are more than this only slow the reading down. */
const mostPrefixes = 500;

interface Open {
  readonly element: XmlElement & { readonly children: (XmlElement | string)[] };
}

/**
 * Reads XML 1.0 with namespaces. Entities of a document type are never expanded and nothing outside of the text is read, whatever it says:
 * what is read comes from strangers.
 */
export function parseXml(text: string): ParsedXml {
  const parser = new SaxesParser<{ xmlns: true }>({ xmlns: true });
  const open: Open[] = [];
  let root: XmlElement | null = null;
  let doctype = false;
  let from = 0;
  const failure: { at: { message: string; offset: number } | null } = { at: null };
  const fail = (message: string): void => {
    failure.at ??= { message, offset: Math.max(0, Math.min(text.length, parser.position)) };
  };
  // The first fault ends the reading.
  parser.on('error', (error) => {
    fail(error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, ''));
    throw error;
  });
  parser.on('doctype', () => {
    doctype = true;
  });
  parser.on('opentagstart', () => {
    from = text.lastIndexOf('<', parser.position - 1);
  });
  parser.on('opentag', (tag: SaxesTagNS) => {
    if (open.length >= deepest) throw new Error(`elements lie more than ${deepest} levels deep`);
    const parent = open.at(-1)?.element;
    const scope =
      Object.keys(tag.ns).length === 0 && parent !== undefined ? parent.scope : { ...parent?.scope, ...tag.ns };
    if (scope !== parent?.scope && Object.keys(scope).length > mostPrefixes)
      throw new Error(`more than ${mostPrefixes} prefixes are declared`);
    const element = {
      name: tag.local,
      namespace: tag.uri,
      attributes: Object.values(tag.attributes)
        .filter(({ name, prefix }) => name !== 'xmlns' && prefix !== 'xmlns')
        .map(({ local, uri, value }) => ({ name: local, namespace: uri, value })),
      children: [],
      scope,
      offset: Math.max(0, from),
    };
    parent?.children.push(element);
    root ??= element;
    open.push({ element });
  });
  parser.on('closetag', () => {
    open.pop();
  });
  const addText = (part: string): void => {
    const children = open.at(-1)?.element.children;
    if (children === undefined) return;
    const last = children.at(-1);
    if (typeof last === 'string') children[children.length - 1] = last + part;
    else children.push(part);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  try {
    parser.write(text).close();
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
  if (failure.at !== null) return { ok: false, ...failure.at };
  return root === null ? { ok: false, message: 'there is no element', offset: 0 } : { ok: true, root, doctype };
}
