import { isUtf8 } from 'node:buffer';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import express from 'express';
import { Problem } from './problem.js';

const ajv = new Ajv({ useDefaults: true });
addFormats.default(ajv);
ajv.addFormat('text', (value) => isText(value));

/** Text that PostgreSQL can keep and UTF-8 can carry. */
export const isText = (value) => value.isWellFormed() && !value.includes('\0');

const instant =
  '^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,3})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$';
const properties = {
  title: { type: 'string', minLength: 1, maxLength: 200, format: 'text' },
  notes: { type: 'string', nullable: true, maxLength: 10_000, format: 'text' },
  done: { type: 'boolean' },
  position: { type: 'integer', minimum: 0, maximum: 1_000_000 },
  priority: { type: 'string', enum: ['low', 'normal', 'high'] },
  dueAt: { type: 'string', nullable: true, format: 'date-time', pattern: instant },
  estimate: { type: 'string', nullable: true, pattern: '^(0|[1-9][0-9]{0,5})\\.[0-9]{2}$' },
  tags: {
    type: 'array',
    maxItems: 10,
    uniqueItems: true,
    items: { type: 'string', minLength: 1, maxLength: 30, format: 'text' },
  },
};
const defaults = { notes: null, done: false, position: 0, priority: 'normal', dueAt: null, estimate: null, tags: [] };
const withDefaults = Object.fromEntries(
  Object.entries(properties).map(([name, schema]) => [name, name in defaults ? { ...schema, default: defaults[name] } : schema]),
);

const todo = ajv.compile({ type: 'object', additionalProperties: false, required: ['title'], properties: withDefaults });
const patch = ajv.compile({ type: 'object', additionalProperties: false, properties });

function validated(validate) {
  return (request, _response, next) => {
    if (validate(request.body)) return next();
    const errors = validate.errors.map((error) => ({ pointer: error.instancePath, detail: error.message }));
    throw new Problem(400, 'The body is not as documented.', errors);
  };
}

/** Middleware that reads a JSON body of exactly this media type. */
function json(mediaType) {
  const requireMediaType = (request, _response, next) => {
    const [type, ...parameters] = (request.get('content-type') ?? '').toLowerCase().split(';');
    const charset = parameters.find((parameter) => parameter.trim().startsWith('charset='));
    if (type.trim() !== mediaType || (charset && !/=\s*"?utf-8"?\s*$/.test(charset))) {
      throw new Problem(415, `The body must be ${mediaType} in UTF-8.`);
    }
    next();
  };
  const verify = (_request, _response, bytes) => {
    if (bytes.length === 0 || !isUtf8(bytes)) throw new Problem(400, 'The body is not JSON in UTF-8.');
  };
  return [requireMediaType, express.json({ type: mediaType, limit: 262_144, inflate: false, verify })];
}

export const readTodo = [json('application/json'), validated(todo)];
export const readPatch = [json('application/merge-patch+json'), validated(patch)];

const isShortText = (max) => (value) => value !== '' && isText(value) && [...value].length <= max;
const oneOf = (...values) => (value) => values.includes(value);
const limit = { valid: (value) => /^([1-9][0-9]?|100)$/.test(value), parse: Number, default: 20 };
const cursor = { valid: isShortText(1700) };
const sorts = ['position', 'title', 'createdAt', 'dueAt'].flatMap((name) => [name, `-${name}`]);

export const todoQuery = {
  done: { valid: oneOf('true', 'false'), parse: (value) => value === 'true' },
  priority: { valid: oneOf('low', 'normal', 'high') },
  tag: { valid: isShortText(30) },
  q: { valid: isShortText(200) },
  sort: { valid: oneOf(...sorts), default: 'position' },
  limit,
  cursor,
};
export const tagQuery = { limit, cursor };

/** The query's parameters, checked and with defaults. Unknown and repeated ones are refused. */
export function readQuery(request, parameters) {
  const query = request.url.split('?').slice(1).join('?');
  try {
    decodeURIComponent(query);
  } catch {
    throw new Problem(400, 'The query is not percent-encoded UTF-8.');
  }
  const result = Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, parameter.default]));
  const seen = new Set();
  for (const [name, value] of new URLSearchParams(query)) {
    if (!Object.hasOwn(parameters, name)) {
      throw new Problem(400, `The parameters here are ${Object.keys(parameters).join(', ')}.`);
    }
    if (seen.has(name)) throw invalidParameter(name, 'is given twice');
    if (!parameters[name].valid(value)) throw invalidParameter(name, 'has a value that is not documented');
    seen.add(name);
    result[name] = parameters[name].parse?.(value) ?? value;
  }
  return result;
}

export function invalidParameter(parameter, detail) {
  return new Problem(400, 'The query is not as documented.', [{ parameter, detail }]);
}
