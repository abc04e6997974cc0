import {
  type Contract,
  encodeRequest,
  isJsonObject,
  type Json,
  type JsonObject,
  type Operation,
  propertiesOf,
  type RequestCase,
  type RequestSpec,
  resolved,
} from '@assay/contract';
import { withQuery } from '../answers/list-walk.ts';
import { scalarsIn } from '../answers/scalars-in.ts';
import { carriersOf } from '../identity/carriers.ts';
import { pinned } from '../requests/pin.ts';
import { placeInWords } from './plant.ts';

/**
 * What follows the unique word, without signs that LIKE treats specially. First every sign that ends a string, a name or a statement; the quote
 * comes twice, apart, because code that doubles only the first is common. A driver that reads the statement itself may refuse what these
 * make of it, and nothing reaches the database; then one that leaves the rest of the statement whole.
 */
const tails = [`'"b';--`, `'||(0)||'`] as const;
/** Of a semicolon, a cookie ends. */
const cookieTails = [tails[1]] as const;

/** What those who log requests keep of each. */
const audited = ['User-Agent', 'Referer', 'X-Forwarded-For'];

/** A way to plant a word: what stands before it, and what follows. */
type Way = readonly [prefix: string, tail: string];

/**
 * The places of a request that take a value: `path:id`, `query:q`, `query:filter[status]`, `header:X-Name`, `body:/title`; `name:body`, `name:query` and `name:filter` for the
 * name of what the contract does not know.
 */
export function placesOf(contract: Contract, operation: Operation, { body }: RequestCase): readonly string[] {
  const value = typeof body?.value === 'string' ? undefined : (body?.value as Json | undefined);
  return [
    ...operation.parameters
      .filter(({ in: where }) => where !== 'cookie')
      .flatMap((parameter) => {
        const { in: where, name, schema } = parameter;
        const members = where === 'query' ? [...propertiesOf(schema, contract.definitions).keys()] : [];
        if (members.length === 0 || parameter.mediaType !== undefined) return [`${where}:${name}`];
        return [...members.map((member) => `query:${name}[${member}]`), `name:${name}`];
      }),
    ...scalarsIn(value).flatMap((one) => (typeof one.value === 'boolean' ? [] : [`body:${one.place}`])),
    // Code that makes conditions or columns of whatever names it is sent joins the names, too.
    ...(isJsonObject(value) ? ['name:body'] : []),
    ...(operation.method === 'GET' ? ['name:query'] : []),
  ];
}

/**
 * Where else somebody may write: what is kept of each request, once for what reads and once for what writes, and what tells who somebody is, once for each scheme
 * (`scheme:key`).
 */
export function placesBesides({ operations, securitySchemes }: Contract): ReadonlyMap<Operation, readonly string[]> {
  const plain = operations.filter(({ soap }) => soap === null);
  const besides = new Map<Operation, readonly string[]>();
  const add = (operation: Operation | undefined, places: readonly string[]): void => {
    if (operation !== undefined) besides.set(operation, [...(besides.get(operation) ?? []), ...places]);
  };
  for (const methods of [/^GET$/, /^(POST|PUT|PATCH)$/])
    add(
      plain.find(({ method }) => methods.test(method)),
      audited.map((name) => `header:${name}`),
    );
  for (const { name, type } of securitySchemes) {
    if (type === 'mutualTLS') continue;
    const asking = plain.filter(({ security }) => security.some((alternative) => alternative.includes(name)));
    add(asking.find(({ method }) => method === 'GET') ?? asking[0], [`scheme:${name}`]);
  }
  return besides;
}

/**
 * The tails by themselves, and behind what a place takes: one of the values that the contract lists, a number. Code that looks only at how a value begins lets
 * that through.
 */
export function waysTo(contract: Contract, operation: Operation, place: string, request: RequestCase): readonly Way[] {
  const named = contract.securitySchemes.find(({ name }) => place === `scheme:${name}`);
  const plain = (named?.in === 'cookie' ? cookieTails : tails).map((tail) => ['', tail] as const);
  const first = plain[0]?.[1] ?? '';
  if (place.startsWith('body:')) {
    const scalar = scalarsIn(request.body?.value).find((one) => place === `body:${one.place}`);
    return typeof scalar?.value === 'number' ? [['1', first]] : plain;
  }
  const schema = schemaAt(contract, operation, place);
  const listed = Array.isArray(schema['enum'])
    ? schema['enum'].find((value) => /^[a-z_]\w*$/i.test(String(value)))
    : undefined;
  if (listed !== undefined) return [...plain, ...tails.map((tail) => [String(listed), tail] as const)];
  return [schema['type']].flat().some((type) => type === 'integer' || type === 'number')
    ? [...plain, ['1', first]]
    : plain;
}

function schemaAt({ definitions }: Contract, operation: Operation, place: string): JsonObject {
  const [name = '', member] = memberOf(operation, place);
  const parameter = operation.parameters.find((one) => `${one.in}:${one.name}` === name);
  const schema =
    parameter === undefined || member === undefined
      ? parameter?.schema
      : propertiesOf(parameter.schema, definitions).get(member);
  return resolved(schema, definitions) ?? {};
}

/** The parameter of a place, and of the parameter's members the one that is meant. Some name a parameter `filter[status]` that is no object's member. */
function memberOf({ parameters }: Operation, place: string): readonly string[] {
  if (parameters.some((one) => `${one.in}:${one.name}` === place)) return [place];
  return /^(query:[^[]+)\[(.+)\]$/.exec(place)?.slice(1) ?? [place];
}

/** The request with a text at the place. */
export function plantedAt(
  contract: Contract,
  operation: Operation,
  request: RequestCase,
  place: string,
  text: string,
): RequestSpec {
  const [where, name] = [place.slice(0, place.indexOf(':')), place.slice(place.indexOf(':') + 1)];
  if (where === 'scheme') return proving(contract, encodeRequest(operation, request), name, text);
  if (where === 'name') return named(operation, request, name, text);
  if (where === 'header' && !operation.parameters.some((one) => one.in === 'header' && one.name === name))
    return withHeader(encodeRequest(operation, request), name, text);
  const [parameter = place, member] = memberOf(operation, place);
  if (member === undefined) return encodeRequest(operation, pinned(request, place, text));
  const whole = parameter.slice('query:'.length);
  return encodeRequest(operation, pinned(request, parameter, { ...objectAt(request, whole), [member]: text }));
}

/** What the value of a name that is planted is; some code takes only texts, some only what is not empty. */
const anyValue = '1';

function named(operation: Operation, request: RequestCase, name: string, text: string): RequestSpec {
  const { body } = request;
  if (name === 'query') return withQuery(encodeRequest(operation, request), { [text]: anyValue });
  if (name === 'body')
    return isJsonObject(body?.value)
      ? encodeRequest(operation, { ...request, body: { ...body, value: { ...body.value, [text]: anyValue } } })
      : encodeRequest(operation, request);
  return encodeRequest(operation, pinned(request, `query:${name}`, { ...objectAt(request, name), [text]: anyValue }));
}

function objectAt({ query }: RequestCase, name: string): JsonObject {
  const value = query[name];
  return isJsonObject(value) ? value : {};
}

/** From nobody but who shows the text in place of what the scheme wants. */
function proving({ securitySchemes }: Contract, spec: RequestSpec, name: string, text: string): RequestSpec {
  const scheme = securitySchemes.find((one) => one.name === name);
  const anonymous = { ...spec, as: null };
  if (scheme?.scheme === 'basic') return withHeader(anonymous, 'authorization', `Basic ${btoa(`${text}:${text}`)}`);
  const [carrier] = scheme === undefined ? [] : carriersOf(text, [scheme]);
  const query = carrier?.query ?? [];
  let proved: RequestSpec = query.length === 0 ? anonymous : withQuery(anonymous, Object.fromEntries(query));
  for (const [field, value] of carrier?.headers ?? []) proved = withHeader(proved, field, value);
  return proved;
}

function withHeader(spec: RequestSpec, name: string, value: string): RequestSpec {
  const others = (spec.headers ?? []).filter(([other]) => other.toLowerCase() !== name.toLowerCase());
  return { ...spec, headers: [...others, [name, value]] };
}

/** `The query parameter q of listTodos`, `The name of a member in the body of putNote`. */
export function sqlPlaceInWords(place: string, operation: string): string {
  const [where, name] = [place.slice(0, place.indexOf(':')), place.slice(place.indexOf(':') + 1)];
  if (place === 'name:body') return `The name of a member in the body of ${operation}`;
  if (place === 'name:query') return `The name of a query parameter of ${operation}`;
  if (where === 'name') return `The name of a member of the query parameter ${name} of ${operation}`;
  if (where === 'scheme') return `What proves who somebody is (${name}), as in ${operation},`;
  return placeInWords(operation, place);
}
