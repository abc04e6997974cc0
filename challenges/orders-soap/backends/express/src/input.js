import express from 'express';
import { invalid, Problem } from './problem.js';

/** Middleware: reads a JSON body into `req.body`. */
export const jsonBody = [
  (req, res, next) => {
    const [type, ...parameters] = (req.get('Content-Type') ?? '').toLowerCase().split(';').map((part) => part.trim());
    const utf8 = parameters.every((parameter) => !parameter.startsWith('charset=') || /^charset="?utf-8"?$/.test(parameter));
    if (type !== 'application/json' || !utf8) throw new Problem(415, 'The body must be application/json in UTF-8.');
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

// A rule takes a value and returns what is wrong with it, or null.
const matches = (pattern, complaint) => (value) => (typeof value === 'string' && pattern.test(value) ? null : complaint);

const integer = (minimum, maximum) => (value) =>
  Number.isInteger(value) && value >= minimum && value <= maximum ? null : `must be a whole number from ${minimum} to ${maximum}`;

/** A parameter comes as text. */
const digits = (rule) => (value) => rule(/^-?[0-9]{1,10}$/.test(value) ? Number(value) : null);

const nullable = (rule) => (value) => (value === null ? null : rule(value));

// What XML cannot hold could not be read over SOAP; white space at the ends would not outlast every client.
const xmlText = /^[^\0-\x20\uFFFE\uFFFF]([^\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]*[^\0-\x20\uFFFE\uFFFF])?$/;

function name(value) {
  if (typeof value !== 'string' || !value.isWellFormed() || !xmlText.test(value)) return 'must be text that XML can hold, without white space at its ends';
  return [...value].length <= 120 ? null : 'must have at most 120 characters';
}

const id = integer(1, 2 ** 31 - 1);
const line = { productId: id, quantity: integer(1, 100) };

function lines(value) {
  if (!Array.isArray(value) || value.length < 1 || value.length > 20) return 'must be a list of 1 to 20 lines';
  const wrong = value.some((each) => !isObject(each) || complaints(each, line, Object.keys(line)).length > 0);
  return wrong ? 'must be lines of a productId and a quantity from 1 to 100' : null;
}

export const rules = {
  id: digits(id),
  name,
  note: nullable(name),
  customer: name,
  lines,
  price: matches(/^(0|[1-9][0-9]{0,7})\.[0-9]{2}$/, 'must be a string such as "12.50", up to "99999999.99"'),
  delivered: integer(100_000, 1_000_000_000),
  limit: digits(integer(1, 100)),
  afterId: digits(integer(0, 2 ** 31 - 1)),
};

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

function complaints(object, fields, required) {
  const errors = [];
  if (Object.keys(object).some((key) => !Object.hasOwn(fields, key))) {
    errors.push({ pointer: '', detail: `may only have ${Object.keys(fields).join(', ')}` });
  }
  for (const [key, rule] of Object.entries(fields)) {
    const present = Object.hasOwn(object, key);
    const complaint = present ? rule(object[key]) : required.includes(key) ? 'is required' : null;
    if (complaint) errors.push({ pointer: `/${key}`, detail: complaint });
  }
  return errors;
}

/** Returns the body when it is an object of these fields, `{ name: rule }`; throws a problem that lists what is wrong. */
export function checkBody(body, fields, required) {
  if (!isObject(body)) throw invalid([{ pointer: '', detail: 'must be an object' }]);
  const errors = complaints(body, fields, required);
  if (errors.length > 0) throw invalid(errors);
  return body;
}

/** Returns the numbers of the query that are named in `fields`, without those left out. */
export function checkQuery(req, fields) {
  const given = parseQuery(req.url);
  const errors = [];
  const values = {};
  for (const [key, rule] of Object.entries(fields)) {
    const all = given.filter(([each]) => each === key).map(([, value]) => value);
    if (all.length === 0) continue;
    const complaint = all.length > 1 ? 'is given twice' : rule(all[0]);
    if (complaint) errors.push({ parameter: key, detail: complaint });
    values[key] = Number(all[0]);
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
      .map(([key, value = '']) => [decodeURIComponent(key), decodeURIComponent(value)]);
  } catch {
    throw new Problem(400, 'The query is not percent-encoded UTF-8.');
  }
}
