import { encodeEnvelope } from '../soap/encode-envelope.ts';
import type { RequestSpec } from '../vocabulary/exchange.ts';
import type { MediaContent, Operation, Parameter } from '../vocabulary/operation.ts';
import { encodeBody } from './encode-body.ts';
import {
  encodeHeaderParameter,
  encodePathParameter,
  encodeQueryParameter,
  isWrittenAsJson,
  percentEncode,
  scalarText,
} from './encode-parameter.ts';
import type { RequestCase } from './request-case.ts';

interface Layout {
  /** Fixed parts of the path and the names between them, in turns. */
  readonly path: readonly ({ readonly text: string } | { readonly name: string })[];
  readonly byPlace: ReadonlyMap<string, Parameter>;
  readonly accept: string;
}

const layouts = new WeakMap<Operation, Layout>();

function layoutOf(operation: Operation): Layout {
  let layout = layouts.get(operation);
  if (layout === undefined) {
    const path = operation.path.split(/(\{[^}]+\})/).filter((part) => part !== '');
    const documented = new Set(operation.responses.flatMap(({ content }) => content.map(({ mediaType }) => mediaType)));
    layout = {
      path: path.map((part) => (part.startsWith('{') ? { name: part.slice(1, -1) } : { text: written(part) })),
      byPlace: new Map(operation.parameters.map((parameter) => [`${parameter.in}:${parameter.name}`, parameter])),
      // Anything else is welcome too, since errors often come in another type.
      accept: documented.size === 0 || documented.has('*/*') ? '*/*' : `${[...documented].join(', ')}, */*;q=0.1`,
    };
    layouts.set(operation, layout);
  }
  return layout;
}

/** The fixed parts of a path as they can be sent: `/naïve path` is written so in documents, and is ASCII without blanks on the wire. */
function written(path: string): string {
  return path.toWellFormed().replaceAll(/[^!-~]+/g, encodeURIComponent);
}

/** Writes a request in the styles of its operation, ready to be sent. Values without a parameter in the contract are written in the default style. */
export function encodeRequest(operation: Operation, request: RequestCase): RequestSpec {
  const layout = layoutOf(operation);
  if (operation.soap !== null) {
    const { headers, text } = encodeEnvelope(operation, operation.soap, request);
    return {
      method: operation.method,
      target: written(operation.path),
      operation: operation.id,
      headers: [['accept', layout.accept], ...headers],
      body: text,
      requery: (values) => encodeRequest(operation, requeried(operation, request, values)),
    };
  }
  let target = '';
  for (const part of layout.path) {
    if ('text' in part) target += part.text;
    else
      target += encodePathParameter(
        layout.byPlace.get(`path:${part.name}`) ?? fallback(part.name, 'path'),
        request.path[part.name] ?? '',
      );
  }
  const query = Object.entries(request.query).flatMap(([name, value]) =>
    encodeQueryParameter(layout.byPlace.get(`query:${name}`) ?? fallback(name, 'query'), value),
  );
  if (query.length > 0) target += `${target.includes('?') ? '&' : '?'}${query.join('&')}`;
  const headers: (readonly [string, string])[] = [['accept', layout.accept]];
  for (const [name, value] of Object.entries(request.headers)) {
    headers.push([
      name,
      encodeHeaderParameter(layout.byPlace.get(`header:${name}`) ?? fallback(name, 'header'), value),
    ]);
  }
  const cookies = Object.entries(request.cookies).flatMap(([name, value]) =>
    cookie(layout.byPlace.get(`cookie:${name}`) ?? fallback(name, 'cookie'), value),
  );
  if (cookies.length > 0) headers.push(['cookie', cookies.join('; ')]);
  const spec = { method: operation.method, target, operation: operation.id };
  if (request.body === undefined) return { ...spec, headers };
  const { mediaType } = request.body;
  const form = operation.requestBody?.content.find((content) => content.mediaType === mediaType);
  const body = encodeBody(mediaType, request.body.value, form ?? {});
  return { ...spec, headers: [...headers, ['content-type', body.contentType + variantOf(form)]], body: body.text };
}

/** Of several schemas for a media type the first is sent, and its parameters say which. */
function variantOf(content: MediaContent | undefined): string {
  const parameters = content?.variants?.[0]?.parameters ?? {};
  return Object.entries(parameters)
    .map(([name, value]) => `; ${name}=${/^[\w!#$%&'*+.^`|~-]+$/.test(value) ? value : `"${value}"`}`)
    .join('');
}

function requeried(operation: Operation, request: RequestCase, values: RequestCase['query'] | null): RequestCase {
  const required = operation.parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  const query =
    values === null
      ? Object.entries(request.query).filter(([name]) => required.includes(name))
      : Object.entries({ ...request.query, ...values }).filter(([, value]) => value !== null);
  return { ...request, query: Object.fromEntries(query) };
}

/** Cookies are written as they are where they can be; only what RFC 6265 does not let stand is percent-encoded. */
function cookie(parameter: Parameter, value: RequestCase['cookies'][string]): readonly string[] {
  if (!isWrittenAsJson(parameter) && (typeof value !== 'object' || value === null)) {
    const text = scalarText(value);
    return [`${parameter.name}=${/^[!#-+\--:<-[\]-~]*$/.test(text) ? text : percentEncode(text)}`];
  }
  return encodeQueryParameter(parameter, value);
}

function fallback(name: string, place: Parameter['in']): Parameter {
  const isQuery = place === 'query' || place === 'cookie';
  return {
    name,
    in: place,
    required: false,
    schema: true,
    style: isQuery ? 'form' : 'simple',
    explode: isQuery,
    examples: [],
    description: '',
  };
}
