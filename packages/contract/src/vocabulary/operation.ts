import type { SignIn } from './identity.ts';
import type { Json, JsonObject } from './json.ts';
import type { ContractProblem } from './report.ts';
import type { SoapBinding } from './soap.ts';

/**
 * A JSON Schema in the 2020-12 dialect. OpenAPI 3.0 schemas are rewritten into it when they are read (`nullable`, boolean
 * `exclusiveMinimum`, `example`). `$ref` stays, always as `#/$defs/<name>` into `Contract.definitions`, so that cycles keep their shape.
 */
export type Schema = boolean | JsonObject;

export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie';

export interface Parameter {
  readonly name: string;
  readonly in: ParameterPlace;
  readonly required: boolean;
  readonly schema: Schema;
  /** OpenAPI serialization: `simple`, `form`, `spaceDelimited`, `pipeDelimited`, `deepObject`, `label`, `matrix`. */
  readonly style: string;
  readonly explode: boolean;
  /** For a parameter described by `content`: its value is written in this media type, and `style` does not apply. */
  readonly mediaType?: string;
  /**
   * For SOAP: JSON Pointer into the value of the input element, where it is written. What identifies a thing is a `path` parameter and what
   * filters a list is a `query` parameter, as they would be in REST, although both stand in the envelope.
   */
  readonly pointer?: string;
  readonly examples: readonly Json[];
  readonly description: string;
}

/** One of several entries for a media type: `application/json; version=2`. */
export interface MediaVariant {
  readonly parameters: Readonly<Record<string, string>>;
  readonly schema: Schema;
}

export interface MediaContent {
  /** e.g. `application/json`, `application/problem+json`, `text/*`. In lower case, without parameters. */
  readonly mediaType: string;
  readonly schema: Schema;
  readonly examples: readonly Json[];
  /** `soap`: the schema describes the value that an envelope holds, which `Operation.soap` tells how to write and read. */
  readonly codec?: 'soap';
  /** The fields of a form that are files. */
  readonly files?: readonly string[];
  /** Where entries of a document differ only in the parameters of the media type, and in their schemas: all of them. `schema` is that of the first. */
  readonly variants?: readonly MediaVariant[];
  /** In which media type a field of a form is sent, where `encoding` says so. */
  readonly partTypes?: Readonly<Record<string, string>>;
}

export interface ResponseHeader {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
}

/** An OpenAPI link: what this response's values feed in another operation. Expressions as in the document. */
export interface ResponseLink {
  readonly name: string;
  readonly operation: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly requestBody: Json | undefined;
}

export interface ResponseSpec {
  /** `200`, `4XX` or `default`. */
  readonly status: string;
  readonly description: string;
  readonly headers: readonly ResponseHeader[];
  readonly content: readonly MediaContent[];
  readonly links: readonly ResponseLink[];
}

export interface Operation {
  /** `operationId`, or `GET /todos/{id}` where there is none. Unique. */
  readonly id: string;
  /** In upper case. */
  readonly method: string;
  /** With the path of the server URL in front: `/api/todos/{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  readonly parameters: readonly Parameter[];
  readonly requestBody: { readonly required: boolean; readonly content: readonly MediaContent[] } | null;
  readonly responses: readonly ResponseSpec[];
  /** Alternatives; each names the schemes it needs together. Empty: no authentication. */
  readonly security: readonly (readonly string[])[];
  /** The scopes or roles that its security names, when each alternative names some; empty: whoever is signed in may ask. */
  readonly roles: readonly string[];
  /** How it is spoken over SOAP; null for an operation over plain HTTP. */
  readonly soap: SoapBinding | null;
  /** JSON Pointer to the operation in the document; its XPath in a WSDL. */
  readonly pointer: string;
  /** 1-based line in the document; null when it cannot be told. */
  readonly line: number | null;
}

export interface SecurityScheme {
  readonly name: string;
  readonly type: 'apiKey' | 'http' | 'oauth2' | 'openIdConnect' | 'mutualTLS';
  /** For `http`: `bearer`, `basic` …, in lower case. */
  readonly scheme: string | null;
  /** For `apiKey`. */
  readonly in: 'query' | 'header' | 'cookie' | null;
  readonly parameter: string | null;
}

export interface Contract {
  /** Where it was read from: a path or a URL. */
  readonly source: string;
  readonly format: 'openapi' | 'wsdl';
  /** e.g. `3.1.0`. */
  readonly version: string;
  readonly title: string;
  readonly operations: readonly Operation[];
  readonly definitions: Readonly<Record<string, Schema>>;
  readonly securitySchemes: readonly SecurityScheme[];
  /** A path in front of the operations' that only servers far away have: a gateway there may add it. Left out where there is none. */
  readonly distantBase?: string;
  /** Oddities that were worked around. What they touch is left out of `operations`, everything else is judged. */
  readonly problems: readonly ContractProblem[];
}

/** How a list is paged through, read from its parameters and responses. */
export interface Pagination {
  readonly style: 'offset' | 'page' | 'cursor';
  /** The query parameter that bounds the page; null when there is none. */
  readonly limit: string | null;
  /** The query parameter that moves on: `offset`, `page`, `cursor` … */
  readonly position: string;
  /** Where a response says how to go on: a JSON Pointer to the next cursor or URL, the Link header, or neither. */
  readonly next: { readonly kind: 'pointer'; readonly pointer: string } | { readonly kind: 'link-header' } | null;
}

/** A way to list things, with where the items stand in the response. */
export interface ListOperation {
  readonly operation: string;
  /** JSON Pointer to the array in the response body; empty for a bare array. Null: the contract does not say, and the answer tells. */
  readonly items: string | null;
  readonly pagination: Pagination | null;
}

/** Where a value for a parameter or a body field comes from: the id of a resource made before. */
export interface Binding {
  /** `path:id`, `query:accountId` or `body:/fromAccountId`. */
  readonly target: string;
  /** The name of the resource whose id goes there. */
  readonly resource: string;
}

/**
 * Operations that speak of the same kind of thing, inferred from paths, schemas and links. The chain create → read → update →
 * delete follows from it.
 */
export interface Resource {
  /** The last fixed part of its path: `todos`. Unique; the whole path where it would not be. */
  readonly name: string;
  /** Operation ids; null where the contract has none. */
  readonly create: string | null;
  readonly read: string | null;
  readonly replace: string | null;
  readonly patch: string | null;
  readonly remove: string | null;
  readonly lists: readonly ListOperation[];
  /** The path parameter that holds its id in `read`, `replace`, `patch` and `remove`. */
  readonly idParameter: string | null;
  /** Where a created thing's id stands: JSON Pointer into the body of the create response; null: last segment of `Location`. */
  readonly idPointer: string | null;
}

/** What the shape of a contract tells about its operations. `bindings` is keyed by operation id. */
export interface ContractShape {
  readonly resources: readonly Resource[];
  readonly bindings: Readonly<Record<string, readonly Binding[]>>;
  /** How people sign up and in; null where the contract shows no way. */
  readonly signIn: SignIn | null;
}
