/** Thrown to end a request with an error of the client's; `errors` names the values that are invalid. */
export class Problem extends Error {
  constructor(status, detail, { errors, headers } = {}) {
    super(detail);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

export function invalidValue(pointer, detail) {
  return new Problem(400, 'The body is not as documented.', { errors: [{ pointer, detail }] });
}

export function invalidParameter(parameter, detail) {
  return new Problem(400, 'The query is not as documented.', { errors: [{ parameter, detail }] });
}
