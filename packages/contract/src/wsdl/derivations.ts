import type { XmlName } from '../vocabulary/soap.ts';
import { xsdNamespace } from '../xml/names.ts';
import { attribute, childrenOf, type XmlElement } from '../xml/xml-element.ts';
import type { SchemaComponent } from './components.ts';
import { keyOf, referenceOf } from './xml-source.ts';

/**
 * Who stands in for whom: elements by their substitution group, types by what they are derived from. Worked out once, since each reference asks
 * for it, and followed from the head: whoever stands in may stand before it in the document.
 */
export class Derivations {
  readonly #members = new Map<string, SchemaComponent[]>();
  readonly #derived = new Map<string, SchemaComponent[]>();

  constructor(globals: readonly SchemaComponent[]) {
    for (const each of globals) {
      const head = each.element.name === 'element' ? referenceOf(each.element, 'substitutionGroup') : undefined;
      const derivation = derivationOf(each);
      const base = derivation === undefined ? undefined : referenceOf(derivation, 'base');
      note(this.#members, head, each);
      note(this.#derived, base, each);
    }
  }

  /** The elements that may stand in place of one: its substitution group, and those of its members. */
  substitutes(head: XmlName): readonly SchemaComponent[] {
    return [...below(this.#members, head)];
  }

  /** The nearest type that is derived from one and is not abstract itself. */
  concrete(base: XmlName): SchemaComponent | undefined {
    for (const each of below(this.#derived, base)) if (attribute(each.element, 'abstract') !== 'true') return each;
    return undefined;
  }
}

function note(by: Map<string, SchemaComponent[]>, name: XmlName | null | undefined, each: SchemaComponent): void {
  if (name === undefined || name === null) return;
  const known = by.get(keyOf(name));
  if (known === undefined) by.set(keyOf(name), [each]);
  else known.push(each);
}

/** At any distance, the nearest first. */
function* below(by: ReadonlyMap<string, readonly SchemaComponent[]>, from: XmlName): Generator<SchemaComponent> {
  const keys = new Set([keyOf(from)]);
  // What is added while a set is gone through comes up as well.
  for (const key of keys) {
    for (const each of by.get(key) ?? []) {
      yield each;
      keys.add(keyOf(nameOf(each)));
    }
  }
}

/** The `xs:extension` or `xs:restriction` of a complex type; undefined where it says its content itself. */
export function derivationOf({ element }: SchemaComponent): XmlElement | undefined {
  const [simple] = childrenOf(element, xsdNamespace, 'simpleContent');
  const [content = simple] = childrenOf(element, xsdNamespace, 'complexContent');
  return content === undefined
    ? undefined
    : childrenOf(content, xsdNamespace).find(({ name }) => name === 'extension' || name === 'restriction');
}

export function nameOf({ element, schema }: SchemaComponent): XmlName {
  return { namespace: schema.namespace, local: attribute(element, 'name') ?? '' };
}
