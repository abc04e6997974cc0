import { xmlNamespace } from './names.ts';

/** An attribute. The namespace is empty for one without a prefix. */
export interface XmlAttribute {
  readonly name: string;
  readonly namespace: string;
  readonly value: string;
}

/** An element as it was read, with the place where it begins. */
export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  readonly namespace: string;
  /** Declarations of namespaces are not among them. */
  readonly attributes: readonly XmlAttribute[];
  /** Elements and texts in their order; comments and processing instructions are left out. */
  readonly children: readonly (XmlElement | string)[];
  /** The namespaces that may be used in it, by prefix; the default one under the empty prefix. */
  readonly scope: Readonly<Record<string, string>>;
  /** In UTF-16 code units from the start of the text. */
  readonly offset: number;
}

/** The value of an attribute without a namespace. */
export function attribute(element: XmlElement, name: string): string | undefined {
  return element.attributes.find((each) => each.name === name && each.namespace === '')?.value;
}

export function elementsOf(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

/** The elements inside of that namespace, and of that name where one is given. */
export function childrenOf(element: XmlElement, namespace: string, name?: string): readonly XmlElement[] {
  return elementsOf(element).filter(
    (child) => child.namespace === namespace && (name === undefined || child.name === name),
  );
}

/** All text inside, that of elements inside too. */
export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

/** What a qualified name in a value (`tns:Order`) stands for; null when its prefix is not declared. */
export function qualifiedName(
  element: XmlElement,
  text: string,
): { readonly namespace: string; readonly local: string } | null {
  const [prefix, local] = text.includes(':') ? text.split(':', 2) : ['', text];
  if (prefix === undefined || local === undefined) return null;
  // It needs no declaration.
  if (prefix === 'xml') return { namespace: xmlNamespace, local };
  const namespace = Object.hasOwn(element.scope, prefix) ? element.scope[prefix] : undefined;
  return namespace === undefined && prefix !== '' ? null : { namespace: namespace ?? '', local };
}
