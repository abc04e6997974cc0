import express from 'express';
import { invalid, Problem } from './problem.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isUuid = (value) => uuid.test(value);

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

const nullable = (rule) => (value) => (value === null ? null : rule(value));

const isDate = (value) => {
  const date = new Date(`${value}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
};

export const rules = {
  uuid: matches(uuid, 'must be a UUID'),
  name: text(1, 120),
  note: nullable(text(0, 140)),
  search: text(0, 120),
  currency: matches(/^(EUR|USD|GBP)$/, 'must be EUR, USD or GBP'),
  amount: matches(
    /^(0\.0[1-9]|0\.[1-9][0-9]|[1-9][0-9]{0,11}\.[0-9]{2})$/,
    'must be a string such as "12.50", from "0.01" to "999999999999.99"',
  ),
  overdraftLimit: matches(
    /^(0|[1-9][0-9]{0,11})\.[0-9]{2}$/,
    'must be a string such as "12.50", from "0.00" to "999999999999.99"',
  ),
  limit: matches(/^([1-9][0-9]?|100)$/, 'must be a whole number from 1 to 100'),
  cursor: matches(/^[1-9][0-9]{0,17}$/, 'must be a cursor that a list gave as `next`'),
  date: (value) => (isDate(value) ? null : 'must be a date such as 2024-02-29'),
  idempotencyKey: matches(/^[!-~]{1,64}$/, 'is required: 1 to 64 visible ASCII characters'),
};

/** Returns the body when it is an object of these fields, `{ name: rule }`; throws a problem that lists what is wrong. */
export function checkBody(body, fields, required = []) {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw invalid([{ pointer: '', detail: 'must be an object' }]);
  }
  const errors = [];
  if (Object.keys(body).some((name) => !Object.hasOwn(fields, name))) {
    errors.push({ pointer: '', detail: `may only have ${Object.keys(fields).join(', ')}` });
  }
  for (const [name, rule] of Object.entries(fields)) {
    const present = Object.hasOwn(body, name);
    const complaint = present ? rule(body[name]) : required.includes(name) ? 'is required' : null;
    if (complaint) errors.push({ pointer: `/${name}`, detail: complaint });
  }
  if (errors.length > 0) throw invalid(errors);
  return body;
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

export function checkIdempotencyKey(req) {
  const key = req.get('Idempotency-Key') ?? '';
  const complaint = rules.idempotencyKey(key);
  if (complaint) throw invalid([{ parameter: 'Idempotency-Key', detail: complaint }]);
  return key;
}
