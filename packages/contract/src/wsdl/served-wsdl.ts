import { wsdlNamespace } from '../xml/names.ts';
import { parseXml } from '../xml/parse-xml.ts';
import { attribute, childrenOf } from '../xml/xml-element.ts';
import { whatElse } from './read-wsdl.ts';

/** What can be told of a WSDL without what it imports: which operations it speaks of itself, and whether more may stand elsewhere. */
export type ServedWsdl =
  | { readonly ok: true; readonly operations: readonly string[]; readonly imports: boolean }
  | { readonly ok: false; readonly flaw: string };

/** Looks at a WSDL that a backend gives. Its types are not read: the document is a stranger's, and only a part of what it means. */
export function readServedWsdl(text: string): ServedWsdl {
  const parsed = parseXml(text.startsWith('\uFEFF') ? text.slice(1) : text);
  if (!parsed.ok) return { ok: false, flaw: `it is not well-formed XML: ${parsed.message}` };
  const { root } = parsed;
  if (root.namespace !== wsdlNamespace || root.name !== 'definitions') return { ok: false, flaw: whatElse(root) };
  const operations = ['portType', 'binding']
    .flatMap((kind) => childrenOf(root, wsdlNamespace, kind))
    .flatMap((each) => childrenOf(each, wsdlNamespace, 'operation'))
    .flatMap((operation) => attribute(operation, 'name') ?? []);
  return {
    ok: true,
    operations: [...new Set(operations)],
    imports: childrenOf(root, wsdlNamespace, 'import').length > 0,
  };
}
