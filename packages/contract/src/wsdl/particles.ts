import { xsdNamespace } from '../xml/names.ts';
import { attribute, childrenOf } from '../xml/xml-element.ts';
import type { SchemaComponent } from './components.ts';
import { type Content, inSequence, nothing, oneOf, optional, repeated, single } from './content.ts';
import type { TypeReader } from './type-reader.ts';
import { readWildcard } from './wildcards.ts';
import { Unreadable } from './unreadable.ts';
import { referenceOf } from './xml-source.ts';

const unbounded = Number.POSITIVE_INFINITY;

/** Reads a part of a content model: an element, a group of them, or a reference to either. A wildcard that may be left out holds nothing that could be made or read. */
export function readParticle(types: TypeReader, at: SchemaComponent): Content {
  types.count(at);
  const least = Number(attribute(at.element, 'minOccurs') ?? 1);
  const said = attribute(at.element, 'maxOccurs') ?? '1';
  const most = said === 'unbounded' ? unbounded : Number(said);
  if (!Number.isInteger(least) || Number.isNaN(most))
    throw new Unreadable(at, `minOccurs and maxOccurs of ${at.element.name} must be numbers`);
  if (most === 0) return nothing;
  switch (at.element.name) {
    case 'element':
      return readElement(types, at, least, most);
    case 'sequence':
    case 'all':
    case 'choice': {
      const parts = childrenOf(at.element, xsdNamespace)
        .filter(({ name }) => ['element', 'sequence', 'all', 'choice', 'group', 'any'].includes(name))
        .map((element) => readParticle(types, { ...at, element }));
      const isChoice = at.element.name === 'choice';
      return occurring(types, isChoice ? oneOf(parts) : inSequence(parts), least, most, isChoice);
    }
    case 'group': {
      const inside = types.inGroup('group', at, (group) =>
        childrenOf(group.element, xsdNamespace)
          .filter(({ name }) => ['sequence', 'all', 'choice'].includes(name))
          .map((element) => readParticle(types, { ...group, element })),
      );
      return occurring(types, inSequence(inside), least, most, false);
    }
    case 'any':
      return least === 0 ? nothing : readWildcard(types, at, least, most);
    default:
      return nothing;
  }
}

function occurring(types: TypeReader, content: Content, least: number, most: number, isChoice: boolean): Content {
  const several = most > 1 && content.members.length > 0;
  const turn = isChoice || content.members.length < 2 ? null : types.nextTurn();
  // Members that stand together in a choice would have to take turns with themselves alone: they are written once.
  const together = isChoice && content.alternatives.some(({ present }) => present.length > 1);
  const many = several ? repeated(content, turn, least, together ? Math.max(1, least) : most) : content;
  return least === 0 ? optional(many) : many;
}

function readElement(types: TypeReader, at: SchemaComponent, least: number, most: number): Content {
  const reference = referenceOf(at.element, 'ref');
  if (reference === null)
    throw new Unreadable(at, `the prefix of \`${attribute(at.element, 'ref') ?? ''}\` is not declared`);
  if (reference === undefined) return declaredElement(types, at, at, least, most, isQualified(at));
  const component = types.components.schemaComponent('element', reference);
  if (component === undefined && reference.namespace === xsdNamespace && reference.local === 'schema')
    throw new Unreadable(at, 'a DataSet of .NET carries its schema along, so the WSDL does not say what it looks like');
  if (component === undefined)
    throw new Unreadable(at, `there is no element \`${attribute(at.element, 'ref') ?? ''}\``);
  const candidates = [component, ...types.derivations.substitutes(reference)].filter(
    ({ element }) => attribute(element, 'abstract') !== 'true',
  );
  if (candidates.length === 0)
    throw new Unreadable(at, `the element ${reference.local} is abstract, and nothing stands for it`);
  const read = candidates.map((each) => declaredElement(types, at, each, least, most, true));
  return read.length === 1 ? inSequence(read) : oneOf(read);
}

/** @param at where it stands, with how often. @param declaration where its name and type are said. */
function declaredElement(
  types: TypeReader,
  at: SchemaComponent,
  declaration: SchemaComponent,
  least: number,
  most: number,
  qualified: boolean,
): Content {
  const local = attribute(declaration.element, 'name');
  if (local === undefined) throw new Unreadable(at, 'the element has neither name nor ref');
  const { schema, type } = types.declared(declaration, local);
  const repeats = most > 1;
  const member = {
    property: local,
    place: 'element' as const,
    name: { namespace: qualified ? declaration.schema.namespace : '', local },
    type,
    repeats,
    turn: null,
  };
  const list = {
    type: 'array',
    items: schema,
    ...(least > 0 ? { minItems: least } : {}),
    ...(most === unbounded ? {} : { maxItems: most }),
  };
  return single(member, repeats ? list : schema, least > 0);
}

function isQualified({ element, schema }: SchemaComponent): boolean {
  return (attribute(element, 'form') ?? attribute(schema.element, 'elementFormDefault')) === 'qualified';
}
