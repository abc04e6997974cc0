import express from 'express';
import { invalid, Problem } from './problem.js';

/** Middleware: reads a JSON body of the given media type into `req.body`. */
export function jsonBody(mediaType) {
  return [
    (req, res, next) => {
      const [type, ...parameters] = (req.get('Content-Type') ?? '').toLowerCase().split(';').map((part) => part.trim());
      const utf8 = parameters.every((parameter) => !parameter.startsWith('charset=') || /^charset="?utf-8"?$/.test(parameter));
      if (type !== mediaType || !utf8) throw new Problem(415, `The body must be ${mediaType} in UTF-8.`);
      next();
    },
    express.raw({ type: () => true, limit: 256 * 1024, inflate: false }),
    (req, res, next) => {
      try {
        req.body = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(req.body));
      } catch {
        throw new Problem(400, 'The body is not JSON in UTF-8.');
      }
      next();
    },
  ];
}

// A rule takes a value and returns what is wrong with it, or null.
const matches = (pattern, complaint) => (value) => (typeof value === 'string' && pattern.test(value) ? null : complaint);

const text = (minimum, maximum) => (value) => {
  if (typeof value !== 'string' || !value.isWellFormed() || value.includes('\0')) return 'must be text without U+0000';
  const length = [...value].length;
  return length >= minimum && length <= maximum ? null : `must have ${minimum} to ${maximum} characters`;
};

const integer = (minimum, maximum) => (value) =>
  Number.isInteger(value) && value >= minimum && value <= maximum ? null : `must be a whole number from ${minimum} to ${maximum}`;

/** The same of a number in a path or query. */
const digits = (rule) => (value) => rule(/^[1-9][0-9]*$/.test(value) ? Number(value) : null);

const list = (rule, minimum, maximum) => (values) => {
  if (!Array.isArray(values)) return 'must be a list';
  if (values.length < minimum || values.length > maximum) return `must have ${minimum} to ${maximum} items`;
  return values.map(rule).find((complaint) => complaint !== null) ?? null;
};

const unique = (rule) => (values) =>
  rule(values) ?? (new Set(values).size < values.length ? 'must not have the same item twice' : null);

const object = (fields) => (value) => {
  const [error] = errorsOf(value, fields, Object.keys(fields));
  return error === undefined ? null : `${error.pointer.slice(1)} ${error.detail}`.trim();
};

const id = integer(1, 2147483647);
const copies = integer(1, 1000);

export const rules = {
  id,
  copies,
  name: text(1, 120),
  title: text(1, 200),
  search: text(3, 200),
  isbn: matches(/^[0-9]{13}$/, 'must be thirteen digits'),
  genre: matches(/^(novel|crime|poetry|science|history|children)$/, 'must be one of the genres'),
  price: matches(/^(0|[1-9][0-9]{0,4})\.[0-9]{2}$/, 'must be a string such as "12.50", up to "99999.99"'),
  stock: integer(0, 1_000_000),
  authorIds: unique(list(id, 1, 10)),
  lines: list(object({ bookId: id, copies }), 1, 20),
  pathId: digits(id),
  limit: digits(integer(1, 100)),
  cursor: matches(/^[A-Za-z0-9_=-]{1,2000}$/, 'must be a cursor that a list gave as `next`'),
  boolean: matches(/^(true|false)$/, 'must be true or false'),
  sort: matches(/^(newest|title|-?price)$/, 'must be one of the orders'),
  status: matches(/^(placed|cancelled)$/, 'must be placed or cancelled'),
};

/** Returns the body when it is an object of these fields, `{ name: rule }`; throws a problem that lists what is wrong. */
export function checkBody(body, fields, required = []) {
  const errors = errorsOf(body, fields, required);
  if (errors.length > 0) throw invalid(errors);
  return body;
}

function errorsOf(body, fields, required) {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return [{ pointer: '', detail: 'must be an object' }];
  const errors = [];
  if (Object.keys(body).some((name) => !Object.hasOwn(fields, name))) {
    errors.push({ pointer: '', detail: `may only have ${Object.keys(fields).join(', ')}` });
  }
  for (const [name, rule] of Object.entries(fields)) {
    const present = Object.hasOwn(body, name);
    const complaint = present ? rule(body[name]) : required.includes(name) ? 'is required' : null;
    if (complaint) errors.push({ pointer: `/${name}`, detail: complaint });
  }
  return errors;
}

/** Returns the query parameters named in `fields`, those left out as undefined. */
export function checkQuery(req, fields) {
  const given = parseQuery(req.url);
  const errors = [];
  const values = {};
  for (const [name, rule] of Object.entries(fields)) {
    const all = given.filter(([key]) => key === name).map(([, value]) => value);
    if (all.length === 0) continue;
    const complaint = all.length > 1 ? 'is given twice' : rule(all[0]);
    if (complaint) errors.push({ parameter: name, detail: complaint });
    values[name] = all[0];
  }
  if (errors.length > 0) throw invalid(errors);
  return values;
}

// Express' own parser lets malformed percent-encoding and invalid UTF-8 pass as other text.
function parseQuery(url) {
  const start = url.indexOf('?');
  if (start < 0) return [];
  try {
    return url
      .slice(start + 1)
      .split('&')
      .map((pair) => pair.replaceAll('+', ' ').split(/=(.*)/s, 2))
      .map(([name, value = '']) => [decodeURIComponent(name), decodeURIComponent(value)]);
  } catch {
    throw new Problem(400, 'The query is not percent-encoded UTF-8.');
  }
}
