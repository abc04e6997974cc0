import type { Json } from './json.ts';

/** A name in a namespace; the namespace is empty for a name without one. */
export interface XmlName {
  readonly namespace: string;
  readonly local: string;
}

/** How the text of an element or an attribute is read as a value, and written from one. */
export type XmlText = 'string' | 'number' | 'boolean' | 'list';

/**
 * What stands in an element: a text, named members, or anything. `ref` names one of `SoapBinding.types`, so that types that hold themselves keep
 * their shape.
 */
export type XmlType =
  | { readonly kind: 'text'; readonly text: XmlText }
  | {
      readonly kind: 'members';
      readonly members: readonly XmlMember[];
      /** The type that stands for an abstract one: the element says it as its `xsi:type`. */
      readonly actual?: XmlName;
    }
  | { readonly kind: 'anything' }
  | { readonly kind: 'ref'; readonly name: string };

/** A member of a value, and where it stands in the element: as an attribute, as the element's own text, or as an element inside. */
export interface XmlMember {
  /** The member's name in the value: the local name, or `@name` for an attribute that an element has taken the name of. */
  readonly property: string;
  readonly place: 'attribute' | 'text' | 'element';
  readonly name: XmlName;
  readonly type: XmlType;
  /** It may stand several times, and is a list in the value. */
  readonly repeats: boolean;
  /** Members of one number repeat together: a, b, a, b. */
  readonly turn: number | null;
}

/** The element inside a SOAP body, and the way down to what the operation's body describes: members that hold one other each are left out. */
export interface SoapMessage {
  readonly element: XmlName;
  readonly type: XmlType;
  readonly path: readonly string[];
}

/** Schema documents by address, for a validator: `entry` is the one that names all the others. */
export interface SchemaFiles {
  readonly entry: string;
  readonly files: Readonly<Record<string, string>>;
}

/** What an operation does to the things it speaks of, as its name says. */
export type SoapEffect = 'create' | 'read' | 'list' | 'update' | 'remove' | 'other';

/** How the requests and responses of an operation are written in SOAP. Everything in it is plain JSON. */
export interface SoapBinding {
  readonly version: '1.1' | '1.2';
  /** The operation's name in the WSDL. */
  readonly name: string;
  readonly port: string;
  /** The SOAPAction; empty when the binding gives none. */
  readonly action: string;
  readonly style: 'document' | 'rpc';
  readonly effect: SoapEffect;
  /** What it speaks of, in the words of its name: `order` for `getOrderById`. */
  readonly noun: string;
  /** Null: the body is empty. */
  readonly input: SoapMessage | null;
  /** Null: the operation is one-way. */
  readonly output: SoapMessage | null;
  /** Blocks that the WSDL wants in the header of a message. They are not sent. */
  readonly headers?: readonly string[];
  readonly faults: readonly { readonly name: string; readonly element: XmlName }[];
  readonly types: Readonly<Record<string, XmlType>>;
  readonly schemas: SchemaFiles;
}

/** A SOAP Fault, in the words of SOAP 1.1 and 1.2 alike. */
export interface SoapFault {
  readonly version: '1.1' | '1.2';
  /**
   * Whom it blames: `client` is `soap:Client` and `env:Sender`, `server` is `soap:Server` and `env:Receiver`, each with the codes that WCF writes
   * in their place; `other` is a code of the service's own.
   */
  readonly blames: 'client' | 'server' | 'version' | 'must-understand' | 'other';
  /** The code as it was written: `soap:Client`. */
  readonly code: string;
  readonly reason: string;
  /** Whether one of the faults that the operation declares stands in its detail. */
  readonly declared: boolean;
  /** The elements in its detail. */
  readonly details: readonly XmlName[];
  readonly detail: Json;
}
