import { STATUS_CODES } from 'node:http';

/** Thrown to end a request with an error of the client's; `errors` names the values that are invalid. */
export class Problem extends Error {
  constructor(status, detail, errors) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }
}

const details = {
  400: 'The request is malformed.',
  413: 'The body has more than 262,144 bytes.',
  415: 'The body has a content type, charset or content coding that is not supported here.',
};

/** Express' error handler: every error leaves as application/problem+json. */
export function sendProblem(error, _request, response, next) {
  if (response.headersSent) return next(error);
  const status = error.status >= 400 && error.status < 500 ? error.status : 500;
  if (status === 500) console.error(error);
  const detail = error instanceof Problem ? error.message : (details[status] ?? 'Something went wrong here.');
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail, errors: error.errors }));
}
