import type { Json } from '../vocabulary/json.ts';
import type { MediaContent, Parameter, ParameterPlace, Schema } from '../vocabulary/operation.ts';
import { readContent, readExamples } from './media.ts';
import { templateNames } from './path-template.ts';
import { type Reading, followed } from './reading.ts';
import { formOf } from './schema/keywords.ts';
import { child, items, members, type Place, text } from './source/place.ts';

const defaultStyle = { path: 'simple', query: 'form', header: 'simple', cookie: 'form' } as const satisfies Record<
  ParameterPlace,
  string
>;
const styles = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form', 'cookie'],
} as const satisfies Record<ParameterPlace, readonly string[]>;

/** Header parameters of these names are ignored: other parts of the document speak about them. */
const spokenForElsewhere: ReadonlySet<string> = new Set(['accept', 'content-type']);

/** RFC 9110, section 5.6.2: what a header field may be called. */
const token = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;

export interface ReadParameters {
  readonly parameters: readonly Parameter[];
  /** What one is called that could not be read and may be required: without it no request is known to be valid. Null where there is none. */
  readonly lost: string | null;
}

/**
 * The parameters of an operation: its own, then those of its path that it does not replace, then one for each name in the template that
 * nobody declared.
 */
export function readParameters(
  path: string,
  pathItems: readonly Place[],
  operation: Place,
  reading: Reading,
): ReadParameters {
  const own = readList(child(operation, 'parameters'), path, reading);
  const result = [...own.parameters];
  let { lost } = own;
  for (const pathItem of pathItems) {
    const shared = readList(child(pathItem, 'parameters'), path, reading);
    result.push(...shared.parameters.filter((parameter) => !result.some((other) => isSame(parameter, other))));
    lost ??= shared.lost;
  }
  for (const name of new Set(templateNames(path))) {
    if (result.some((parameter) => parameter.in === 'path' && parameter.name === name)) continue;
    reading.log.odd(operation, `the path has {${name}}, which no parameter declares; it is taken for a string`);
    result.push(undeclared(name));
  }
  return { parameters: result, lost };
}

function isSame(a: Parameter, b: Parameter): boolean {
  return a.in === b.in && (a.in === 'header' ? a.name.toLowerCase() === b.name.toLowerCase() : a.name === b.name);
}

function undeclared(name: string): Parameter {
  return {
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', minLength: 1 },
    style: 'simple',
    explode: false,
    examples: [],
    description: '',
  };
}

function readList(place: Place, path: string, reading: Reading): ReadParameters {
  if (place.value !== undefined && place.value !== null && !Array.isArray(place.value)) {
    reading.log.broken(place, '`parameters` must be a list; it is left out');
  }
  const result: Parameter[] = [];
  let lost: string | null = null;
  for (const item of items(place)) {
    const at = followed(item, 'a parameter', reading);
    const parameter = at === null ? 'lost' : readParameter(at, item, path, reading);
    if (parameter === 'lost') lost ??= nameOf(at ?? item);
    if (typeof parameter === 'string') continue;
    if (result.some((other) => isSame(parameter, other))) {
      reading.log.odd(item, `the ${parameter.in} parameter \`${parameter.name}\` is declared twice; the first is used`);
    } else result.push(parameter);
  }
  return { parameters: result, lost };
}

function nameOf(place: Place): string {
  const name = child(place, 'name').value ?? child(place, '$ref').value;
  return typeof name === 'string' ? `its parameter \`${name}\`` : 'one of its parameters';
}

/** `left-out`: no request needs it. */
type NoParameter = 'left-out' | 'lost';

/** @param used where the operation uses it, which differs from where it stands when a `$ref` leads there. */
function readParameter(at: Place, used: Place, path: string, reading: Reading): Parameter | NoParameter {
  const { log } = reading;
  const missing = child(at, 'required').value === true ? 'lost' : 'left-out';
  const name = child(at, 'name').value;
  if (typeof name !== 'string' || name === '') {
    log.broken(at, 'a parameter has no `name`; it is left out');
    return missing;
  }
  const place = readPlace(child(at, 'in'), name, reading);
  if (place === null) return missing;
  if (place === 'querystring') return readQueryString(at, name, reading) ?? missing;
  if (place === 'header' && spokenForElsewhere.has(name.toLowerCase())) return 'left-out';
  if (place === 'header' && !token.test(name)) {
    log.broken(at, `no header can be called \`${name}\`; the parameter is left out`);
    return 'left-out';
  }
  if (place === 'path' && !templateNames(path).includes(name)) {
    log.odd(used, `the path parameter \`${name}\` does not stand in the path ${path}; it is left out`);
    return 'left-out';
  }
  const content = contentOf(at, reading);
  // Ignored as well, whatever its schema is, but not before `withTokenParameters` has seen it.
  const isAuthorization = place === 'header' && name.toLowerCase() === 'authorization';
  const style = readStyle(child(at, 'style'), place, reading);
  const explode = child(at, 'explode').value;
  return {
    name,
    in: place,
    required: readRequired(at, place, name, reading),
    schema: isAuthorization ? { type: 'string' } : (content?.schema ?? readSchema(at, name, reading)),
    style,
    explode: typeof explode === 'boolean' ? explode : style === 'form' || style === 'cookie',
    examples: [...readExamples(at, reading), ...(content?.examples ?? [])],
    description: text(child(at, 'description')),
    ...(content === null ? {} : { mediaType: content.mediaType }),
  };
}

function contentOf(at: Place, reading: Reading): MediaContent | null {
  const content = child(at, 'content');
  return content.value === undefined ? null : (readContent(content, reading)[0] ?? null);
}

/** OpenAPI 3.2: the whole query as one value. Written as a form, that is an object that is spread over it. */
function readQueryString(at: Place, name: string, reading: Reading): Parameter | null {
  const content = contentOf(at, reading);
  if (content?.mediaType !== 'application/x-www-form-urlencoded') {
    reading.log.broken(at, `the query \`${name}\` is not written as a form; it is left out`);
    return null;
  }
  return {
    name,
    in: 'query',
    required: readRequired(at, 'query', name, reading),
    schema: content.schema,
    style: 'form',
    explode: true,
    examples: [...readExamples(at, reading), ...content.examples],
    description: text(child(at, 'description')),
  };
}

function readPlace(at: Place, name: string, { log }: Reading): ParameterPlace | 'querystring' | null {
  const place = typeof at.value === 'string' ? at.value.toLowerCase() : at.value;
  if (place === 'path' || place === 'query' || place === 'header' || place === 'cookie' || place === 'querystring') {
    if (place !== at.value) log.odd(at, `\`in\` is written in lower case: ${place}`);
    return place;
  }
  if (place === undefined)
    log.broken(at, `the parameter \`${name}\` has no \`in\` (path, query, header or cookie); it is left out`);
  else if (place === 'body' || place === 'formdata')
    log.broken(at, `\`in: ${String(at.value)}\` is OpenAPI 2.0; since 3.0 this is the operation's \`requestBody\``);
  else log.broken(at, `\`in\` of the parameter \`${name}\` must be path, query, header or cookie; it is left out`);
  return null;
}

function readRequired(at: Place, place: ParameterPlace, name: string, { log }: Reading): boolean {
  const required = child(at, 'required');
  if (place === 'path') {
    if (required.value !== true) log.odd(at, `the path parameter \`${name}\` must say \`required: true\``);
    return true;
  }
  if (required.value !== undefined && typeof required.value !== 'boolean')
    log.odd(required, '`required` must be true or false');
  return required.value === true || required.value === 'true';
}

function readStyle(at: Place, place: ParameterPlace, { log }: Reading): string {
  const known: readonly string[] = styles[place];
  if (at.value === undefined) return defaultStyle[place];
  if (typeof at.value === 'string' && known.includes(at.value)) return at.value;
  log.odd(
    at,
    `\`style\` of a ${place} parameter must be ${known.join(' or ')}; it is taken for ${defaultStyle[place]}`,
  );
  return defaultStyle[place];
}

/** Without `schema`: `type` and its like beside `in`, as in OpenAPI 2.0, or else any text. */
function readSchema(at: Place, name: string, { log, schemas }: Reading): Schema {
  const schema = child(at, 'schema');
  if (schema.value !== undefined && schema.value !== null) return schemas.read(schema);
  const type = child(at, 'type');
  if (type.value === undefined) {
    log.odd(at, `the parameter \`${name}\` has neither \`schema\` nor \`content\`; it is taken for a string`);
    return { type: 'string' };
  }
  log.odd(type, `the type of a parameter stands in its \`schema\` since OpenAPI 3.0; it is read from here`);
  return schemas.read({ ...at, value: schemaPart(at) });
}

function schemaPart(at: Place): Json {
  const foreign = new Set(['required', 'description', 'example', 'examples', 'deprecated', 'content']);
  const part: Record<string, Json> = {};
  for (const [key, member] of members(at)) {
    if (formOf(key) !== null && !foreign.has(key) && member.value !== undefined) part[key] = member.value;
  }
  return part;
}
