import { xmlNamespace, xsdNamespace } from '../xml/names.ts';
import { attribute, childrenOf } from '../xml/xml-element.ts';
import type { SchemaComponent } from './components.ts';
import { type Content, inSequence, nothing, single } from './content.ts';
import { builtInTypes, type SimpleType } from './simple-types.ts';
import { fixedTo } from './simple-type-reader.ts';
import type { TypeReader } from './type-reader.ts';
import { Unreadable } from './unreadable.ts';
import { referenceOf } from './xml-source.ts';

/** The attributes that a type declares, in groups or by itself. One with the name of an element of the type is told apart by an `@`. */
export function readAttributes(types: TypeReader, at: SchemaComponent, elements: Content): Content {
  return inSequence(
    childrenOf(at.element, xsdNamespace).map((element) => {
      const here = { ...at, element };
      types.count(here);
      if (element.name === 'attribute') return readAttribute(types, here, elements);
      if (element.name !== 'attributeGroup') return nothing;
      return types.inGroup('attributeGroup', here, (group) => readAttributes(types, group, elements));
    }),
  );
}

function readAttribute(types: TypeReader, at: SchemaComponent, elements: Content): Content {
  if (attribute(at.element, 'use') === 'prohibited') return nothing;
  const reference = referenceOf(at.element, 'ref');
  if (reference?.namespace === xmlNamespace) return nothing;
  const declaration =
    reference === undefined || reference === null ? at : types.components.schemaComponent('attribute', reference);
  const local = declaration === undefined ? undefined : attribute(declaration.element, 'name');
  if (declaration === undefined || local === undefined)
    throw new Unreadable(at, `there is no attribute \`${attribute(at.element, 'ref') ?? ''}\``);
  const form = attribute(at.element, 'form') ?? attribute(at.schema.element, 'attributeFormDefault');
  const namespace = declaration === at && form !== 'qualified' ? '' : declaration.schema.namespace;
  const { schema, text } = typeOf(types, declaration);
  const fixed = attribute(at.element, 'fixed') ?? attribute(declaration.element, 'fixed');
  const member = {
    property: Object.hasOwn(elements.properties, local) ? `@${local}` : local,
    place: 'attribute' as const,
    name: { namespace, local },
    type: { kind: 'text' as const, text },
    repeats: false,
    turn: null,
  };
  return single(
    member,
    fixed === undefined ? schema : fixedTo(fixed, schema, { text }),
    attribute(at.element, 'use') === 'required',
  );
}

function typeOf(types: TypeReader, at: SchemaComponent): SimpleType {
  const reference = referenceOf(at.element, 'type');
  const [inPlace] = childrenOf(at.element, xsdNamespace, 'simpleType');
  if (reference === undefined) {
    return inPlace === undefined
      ? (builtInTypes['string'] ?? { schema: { type: 'string' }, text: 'string' })
      : types.simple.declared({ source: at.source, element: inPlace });
  }
  const found = reference === null ? null : types.simple.named(reference);
  if (found === null) throw new Unreadable(at, `there is no simple type \`${attribute(at.element, 'type') ?? ''}\``);
  return found;
}
