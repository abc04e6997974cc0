import { STATUS_CODES } from 'node:http';

/** An error that is told to the client, as problem details (RFC 9457). */
export class Problem extends Error {
  constructor(status, detail, { type = 'about:blank', title = STATUS_CODES[status], errors, headers = {} } = {}) {
    super(detail);
    this.status = status;
    this.headers = headers;
    this.body = { type, title, status, detail, errors };
  }
}

export const notFound = () => new Problem(404, 'There is nothing here by that id or path.');

export const invalid = (errors) =>
  new Problem(400, 'The request is not as documented.', { type: 'urn:blog:invalid-request', title: 'Invalid request', errors });

export const unauthorized = () =>
  new Problem(401, 'This needs a valid token: sign in.', { headers: { 'WWW-Authenticate': 'Bearer' } });

export const forbidden = () => refusal(403, 'forbidden', 'You may not do this.');

export const refusals = {
  'email-taken': () => refusal(409, 'email-taken', 'Somebody has signed up with this address.'),
  'slug-taken': () => refusal(409, 'slug-taken', 'There is an article with this slug.'),
  'name-taken': () => refusal(409, 'name-taken', 'There is a file of this name.'),
  'website-unreachable': () => refusal(409, 'website-unreachable', 'There is no public website at this URL.'),
  'wrong-credentials': () =>
    refusal(401, 'wrong-credentials', 'Address and password do not belong together.', { 'WWW-Authenticate': 'Bearer' }),
  'too-many-attempts': (seconds) =>
    refusal(429, 'too-many-attempts', 'There were too many failed attempts for this address.', { 'Retry-After': String(seconds) }),
};

function refusal(status, name, detail, headers) {
  const title = name[0].toUpperCase() + name.slice(1).replaceAll('-', ' ');
  return new Problem(status, detail, { type: `urn:blog:${name}`, title, headers });
}
