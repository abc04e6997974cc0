import express from 'express';
import { invalid, Problem } from './problem.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isUuid = (value) => uuid.test(value);

/** Middleware: reads a body of the given media type into `req.body`, as text. */
export function textBody(mediaType) {
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
        req.body = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(req.body);
      } catch {
        throw new Problem(400, 'The body is not in UTF-8.');
      }
      next();
    },
  ];
}

/** Middleware: reads a JSON body of the given media type into `req.body`. */
export function jsonBody(mediaType) {
  return [
    ...textBody(mediaType),
    (req, res, next) => {
      try {
        req.body = JSON.parse(req.body);
      } catch {
        throw new Problem(400, 'The body is not JSON.');
      }
      next();
    },
  ];
}

// A rule takes a value and returns what is wrong with it, or null.
const matches = (pattern, complaint, maximum = Infinity) => (value) =>
  typeof value === 'string' && value.length <= maximum && pattern.test(value) ? null : complaint;

const text = (minimum, maximum) => (value) => {
  if (typeof value !== 'string' || !value.isWellFormed() || value.includes('\0')) return 'must be text without U+0000';
  const length = [...value].length;
  return length >= minimum && length <= maximum ? null : `must have ${minimum} to ${maximum} characters`;
};

const nullable = (rule) => (value) => (value === null ? null : rule(value));

const tag = matches(/^[a-z0-9-]{1,30}$/, 'must be 1 to 30 small letters, digits and hyphens');

const tags = (value) =>
  Array.isArray(value) && value.length <= 5 && value.every((item) => tag(item) === null) && new Set(value).size === value.length
    ? null
    : 'must be a list of at most 5 different tags';

export const rules = {
  uuid: matches(uuid, 'must be a UUID'),
  email: matches(/^[A-Za-z0-9._+-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}$/, 'must be an e-mail address', 200),
  password: text(8, 100),
  name: text(1, 80),
  bio: nullable(text(0, 500)),
  avatarUrl: nullable(matches(/^https:\/\/[A-Za-z0-9.-]+(\/[A-Za-z0-9._~-]+)*$/, 'must be an https URL', 200)),
  websiteUrl: matches(/^https?:\/\/[A-Za-z0-9.-]+(:[0-9]{1,5})?(\/[A-Za-z0-9._~-]+)*\/?$/, 'must be the URL of a website', 200),
  slug: matches(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters and digits, with hyphens between', 80),
  title: text(1, 200),
  text: text(0, 10_000),
  comment: text(1, 2000),
  tag,
  tags,
  status: matches(/^(draft|published)$/, 'must be draft or published'),
  fileName: matches(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}$/, 'must be a file name of letters, digits, ".", "_" and "-"'),
  search: text(0, 100),
  limit: matches(/^([1-9][0-9]?|100)$/, 'must be a whole number from 1 to 100'),
  cursor: matches(/^[1-9][0-9]{0,17}$/, 'must be a cursor that a list gave as `next`'),
  sitePath: matches(/^(\/|(\/[A-Za-z0-9_-]+)+)$/, 'must be a path of this site', 200),
};

/** Returns the value when it is an object of these fields, `{ name: rule }`; throws a problem that lists what is wrong. */
export function checkBody(body, fields, required = [], at = '') {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw invalid([{ pointer: at, detail: 'must be an object' }]);
  }
  const errors = [];
  if (Object.keys(body).some((name) => !Object.hasOwn(fields, name))) {
    errors.push({ pointer: at, detail: `may only have ${Object.keys(fields).join(', ')}` });
  }
  for (const [name, rule] of Object.entries(fields)) {
    const present = Object.hasOwn(body, name);
    const complaint = present ? rule(body[name]) : required.includes(name) ? 'is required' : null;
    if (complaint) errors.push({ pointer: `${at}/${name}`, detail: complaint });
  }
  if (errors.length > 0) throw invalid(errors);
  return body;
}

/** Returns the query parameters named in `fields`, those left out as undefined. */
export function checkQuery(req, fields, required = []) {
  const given = parseQuery(req.url);
  const errors = [];
  const values = {};
  for (const [name, rule] of Object.entries(fields)) {
    const all = given.filter(([key]) => key === name).map(([, value]) => value);
    if (all.length === 0 && !required.includes(name)) continue;
    const complaint = all.length === 0 ? 'is required' : all.length > 1 ? 'is given twice' : rule(all[0]);
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
