import { STATUS_CODES } from 'node:http';

/** An error of the REST face, told as problem details (RFC 9457). */
export class Problem extends Error {
  constructor(status, detail, { type = 'about:blank', title = STATUS_CODES[status], headers = {}, ...more } = {}) {
    super(detail);
    this.status = status;
    this.headers = headers;
    this.body = { type, title, status, detail, ...more };
  }
}

export const notFound = () => new Problem(404, 'There is nothing here by that id or path.');

export const invalid = (errors) =>
  new Problem(400, 'The request is not as documented.', { type: 'urn:orders:invalid-request', title: 'Invalid request', errors });

const statuses = { notFound: 404, outOfStock: 409, inUse: 409, notOpen: 409 };

/** What is a declared fault over SOAP is a type of problem here, with the same values. */
export function refused({ kind, details, message }) {
  const words = kind.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const title = words[0].toUpperCase() + words.slice(1);
  return new Problem(statuses[kind], message, { type: `urn:orders:${words.replaceAll(' ', '-')}`, title, ...details });
}
