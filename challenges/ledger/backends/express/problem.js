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
  new Problem(400, 'The request is not as documented.', { type: 'urn:ledger:invalid-request', title: 'Invalid request', errors });

export const refusals = {
  'unknown-account': () => refusal(404, 'unknown-account', 'There is no such account.'),
  'account-in-use': () => refusal(409, 'account-in-use', 'The account has entries, so it cannot be deleted.'),
  'overdraft-in-use': () => refusal(409, 'overdraft-in-use', 'The account is overdrawn by more than the new limit.'),
  'currency-mismatch': () => refusal(409, 'currency-mismatch', 'The accounts are in different currencies.'),
  'insufficient-funds': () => refusal(409, 'insufficient-funds', 'The paying account has too little money.'),
  'balance-limit': () => refusal(409, 'balance-limit', 'The receiving balance would be too large.'),
  'same-account': () => refusal(422, 'same-account', 'Both accounts are the same.'),
  'key-reused': () => refusal(422, 'key-reused', 'This Idempotency-Key was used with another request.'),
};

function refusal(status, name, detail) {
  const title = name[0].toUpperCase() + name.slice(1).replaceAll('-', ' ');
  return new Problem(status, detail, { type: `urn:ledger:${name}`, title });
}
