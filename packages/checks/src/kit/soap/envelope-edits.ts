import type { HeaderFields, RequestSpec } from '@assay/contract';

/** The request with a block in the Header of its envelope. The prefix `soap` stands for the envelope's namespace. */
export function withHeader(request: RequestSpec, block: string): RequestSpec {
  return edited(request, (text) => text.replace('<soap:Body>', `<soap:Header>${block}</soap:Header><soap:Body>`));
}

/** The request in an envelope of another namespace. */
export function inNamespace(request: RequestSpec, from: string, to: string): RequestSpec {
  return edited(request, (text) => text.replace(`xmlns:soap="${from}"`, `xmlns:soap="${to}"`));
}

/** The request with other header fields in place of those of the same name; null takes one out. */
export function withFields(request: RequestSpec, fields: Readonly<Record<string, string | null>>): RequestSpec {
  const own = (request.headers ?? []).filter(([name]) => !(name.toLowerCase() in fields));
  const added: HeaderFields = Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  return { ...request, headers: [...own, ...added] };
}

/** The request with the end of its envelope cut off, as a connection that breaks would leave it. */
export function cutShort(request: RequestSpec): RequestSpec {
  return edited(request, (text) => text.slice(0, -'</soap:Envelope>'.length - 5));
}

function edited(request: RequestSpec, edit: (text: string) => string): RequestSpec {
  return typeof request.body === 'string' ? { ...request, body: edit(request.body) } : request;
}
