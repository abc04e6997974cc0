import { integer, json, list, object, optional, record, text, flag, type Of } from '../shape/shape.ts';

/** One collection of the small service: `/books` and `/books/{id}`. */
const collection = object({
  items: list(json(), 0, 100),
  /** Responses carry an ETag; a write to an existing thing needs If-Match (428 without, 412 when it is stale). */
  versioned: optional(flag(), false),
  required: optional(list(text(60)), []),
  readOnly: optional(list(text(60)), []),
  unique: optional(text(60)),
  /** POST needs an Idempotency-Key; the same key again gets the first answer. */
  idempotent: optional(flag(), false),
  /** At most this many things on a page; `?limit=&after=` and a Link header. */
  page: optional(integer(1, 100)),
  /** The service takes what a client may not write: GET and HEAD only. */
  locked: optional(flag(), false),
});

const file = object({
  type: optional(text(80), 'text/plain'),
  content: text(20_000),
  modified: optional(text(60)),
  cacheControl: optional(text(200)),
});

const redirect = object({ to: text(400), status: integer(300, 308) });

/** A small live HTTP service, described. docs/questions.md says how it behaves. */
export const serviceShape = object({
  collections: optional(record(collection), {}),
  files: optional(record(file), {}),
  redirects: optional(record(redirect), {}),
  auth: optional(object({ bearer: optional(text(200)), basic: optional(text(200)), apiKey: optional(text(200)) })),
  cors: optional(
    object({ origins: list(text(200), 1), methods: list(text(20), 1), headers: optional(list(text(60)), []) }),
  ),
  /** JSON only: 415 for other bodies, 406 when Accept allows no JSON. */
  strict: optional(flag(), true),
});

export type Service = Of<typeof serviceShape>;

/** What must hold after the requests. */
export const goalShape = object({
  status: optional(integer(100, 599)),
  headers: optional(record(text(400)), {}),
  /** The last response's body holds this. */
  body: optional(json()),
  /** What the service holds afterwards, by address: `/books/7`; null: nothing is there. Members that are not named may be anything. */
  state: optional(record(object({ is: json() })), {}),
  absent: optional(list(text(400)), []),
  /** How many requests may be sent. */
  requests: optional(integer(1, 10), 1),
});

export type Goal = Of<typeof goalShape>;
