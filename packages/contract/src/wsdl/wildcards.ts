import { xsdNamespace } from '../xml/names.ts';
import { attribute } from '../xml/xml-element.ts';
import type { SchemaComponent } from './components.ts';
import { type Content, single } from './content.ts';
import type { TypeReader } from './type-reader.ts';
import type { XmlName } from '../vocabulary/soap.ts';
import { Unreadable } from './unreadable.ts';
import { referenceOf } from './xml-source.ts';

/**
 * Reads an `xs:any` that must be there: one small element that it lets in. With `lax` and `skip` that is an element nobody declares; with `strict`,
 * an element of the schemas that holds a plain text.
 */
export function readWildcard(types: TypeReader, at: SchemaComponent, least: number, most: number): Content {
  const processed = attribute(at.element, 'processContents') ?? 'strict';
  const chosen = processed === 'strict' ? declared(types, at) : { name: undeclared(at), value: 'anything' };
  const repeats = most > 1;
  const schema = { type: 'string', enum: [chosen.value] };
  return single(
    {
      property: types.nextWildcard(),
      place: 'element',
      name: chosen.name,
      type: { kind: 'text', text: 'string' },
      repeats,
      turn: null,
    },
    repeats ? { type: 'array', items: schema, minItems: least, maxItems: least } : schema,
    true,
  );
}

function undeclared(at: SchemaComponent): XmlName {
  const [namespace] = allowed(at);
  return { namespace: namespace ?? 'urn:anything', local: 'anything' };
}

/** @throws Unreadable when the schemas declare nothing that could stand there */
function declared(types: TypeReader, at: SchemaComponent): { readonly name: XmlName; readonly value: string } {
  const namespaces = allowed(at);
  const others = attribute(at.element, 'namespace') === '##other';
  for (const { element, schema } of types.components.globals) {
    const local = attribute(element, 'name');
    const type = element.name === 'element' ? referenceOf(element, 'type') : undefined;
    if (local === undefined || type?.namespace !== xsdNamespace || type.local !== 'string') continue;
    const fits = others
      ? schema.namespace !== '' && schema.namespace !== at.schema.namespace
      : namespaces.length === 0 || namespaces.includes(schema.namespace);
    if (fits && attribute(element, 'abstract') !== 'true' && attribute(element, 'fixed') === undefined)
      return { name: { namespace: schema.namespace, local }, value: 'anything' };
  }
  throw new Unreadable(
    at,
    'xs:any asks for an element that the schemas declare, and none of them is a plain text; processContents="lax" would let any element in',
  );
}

/** The namespaces that a wildcard names; none when any will do, or any other. */
function allowed({ element, schema }: SchemaComponent): readonly string[] {
  const said = (attribute(element, 'namespace') ?? '##any').split(/\s+/).filter((each) => each !== '');
  if (said.includes('##any') || said.includes('##other')) return [];
  return said.map((each) => (each === '##local' ? '' : each === '##targetNamespace' ? schema.namespace : each));
}
