/** TypeScript types of an OpenAPI 3.1 document, in the form that `openapi-fetch` takes: an interface of paths, and one type for each schema. */

interface Media {
  readonly schema?: unknown;
}
interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema?: unknown;
}
interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}
interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;
const places = ['query', 'header', 'path', 'cookie'] as const;

/** @param document as the server writes it; throws when it is no OpenAPI document at all. */
export function apiTypes(document: object): string {
  if (!isApiDocument(document)) throw new Error('this is no OpenAPI document: it has no paths');
  const schemas = Object.entries(document.components?.schemas ?? {});
  return [
    '// Written by `npm run generate` from the OpenAPI document of apps/server.',
    '',
    ...schemas.flatMap(([name, schema]) => [`export type ${typeName(name)} = ${typeOf(schema)};`, '']),
    'export interface paths {',
    ...Object.entries(document.paths).flatMap(([path, item]) => [`${key(path)}: {`, ...pathItem(item), '};']),
    '}',
    '',
  ].join('\n');
}

function isApiDocument(document: object): document is ApiDocument {
  return 'paths' in document && typeof document.paths === 'object';
}

function pathItem(item: Readonly<Record<string, unknown>>): readonly string[] {
  return [
    'parameters: { query?: never; header?: never; path?: never; cookie?: never };',
    ...methods.flatMap((method) =>
      item[method] === undefined ? [`${method}?: never;`] : operation(method, item[method] as Operation),
    ),
  ];
}

function operation(method: string, { summary, parameters = [], requestBody, responses }: Operation): readonly string[] {
  return [
    ...(summary === undefined ? [] : [`/** ${summary.replaceAll('*/', '* /')} */`]),
    `${method}: {`,
    `parameters: { ${places.map((place) => parametersIn(place, parameters)).join(' ')} };`,
    requestBody === undefined
      ? 'requestBody?: never;'
      : `requestBody${requestBody.required === true ? '' : '?'}: { content: ${contentOf(requestBody.content)} };`,
    'responses: {',
    ...Object.entries(responses).map(
      ([status, { content }]) =>
        `${/^\d+$/.test(status) ? status : key(status)}: { headers: { [name: string]: unknown }; ${content === undefined ? 'content?: never' : `content: ${contentOf(content)}`} };`,
    ),
    '};',
    '};',
  ];
}

function parametersIn(place: string, parameters: readonly Parameter[]): string {
  const here = parameters.filter((one) => one.in === place);
  if (here.length === 0) return `${place}?: never;`;
  const all = here.map(
    ({ name, required = false, schema }) => `${key(name)}${required ? '' : '?'}: ${typeOf(schema)};`,
  );
  return `${place}${here.some(({ required }) => required) ? '' : '?'}: { ${all.join(' ')} };`;
}

function contentOf(content: Readonly<Record<string, Media>>): string {
  return `{ ${Object.entries(content)
    .map(([type, { schema }]) => `${key(type)}: ${typeOf(schema)};`)
    .join(' ')} }`;
}

/** The type of what a JSON Schema lets through, as far as types can say it. */
export function typeOf(schema: unknown): string {
  if (schema === false) return 'never';
  if (typeof schema !== 'object' || schema === null) return 'unknown';
  const has = new Map<string, unknown>(Object.entries(schema));
  const reference = has.get('$ref');
  if (typeof reference === 'string') return typeName(reference.slice(reference.lastIndexOf('/') + 1));
  if (has.has('const')) return JSON.stringify(has.get('const'));
  const choices = has.get('enum');
  if (Array.isArray(choices)) return union(choices.map((choice) => JSON.stringify(choice)));
  const alternatives = has.get('anyOf') ?? has.get('oneOf');
  if (Array.isArray(alternatives)) return union(alternatives.map(typeOf));
  const parts = has.get('allOf');
  if (Array.isArray(parts)) return parts.map((part) => `(${typeOf(part)})`).join(' & ');
  const types = has.get('type');
  if (Array.isArray(types)) return union(types.map((type) => typeOf({ ...schema, type })));
  return named(types, has);
}

function named(type: unknown, has: ReadonlyMap<string, unknown>): string {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array': {
      const first = has.get('prefixItems');
      if (Array.isArray(first)) return `[${first.map(typeOf).join(', ')}]`;
      // openapi-fetch maps over plain arrays only.
      return `(${typeOf(has.get('items'))})[]`;
    }
    case 'object':
      return objectType(has);
    default:
      return has.has('properties') ? objectType(has) : 'unknown';
  }
}

function objectType(has: ReadonlyMap<string, unknown>): string {
  const required = has.get('required');
  const needed = new Set(Array.isArray(required) ? required : []);
  const fields = Object.entries(has.get('properties') ?? {}).map(
    ([name, schema]) => `readonly ${key(name)}${needed.has(name) ? '' : '?'}: ${typeOf(schema)};`,
  );
  const patterns = Object.values(has.get('patternProperties') ?? {});
  const rest = has.get('additionalProperties') ?? patterns[0];
  if (fields.length === 0)
    return `Readonly<Record<string, ${rest === undefined || rest === true ? 'unknown' : typeOf(rest)}>>`;
  return `{ ${fields.join(' ')} }`;
}

function union(types: readonly string[]): string {
  return [...new Set(types)].map((type) => (/[&|]/.test(type) ? `(${type})` : type)).join(' | ');
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function typeName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_$]+/g, '_');
}
