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
  new Problem(400, 'The request is not as documented.', { type: 'urn:bookshop:invalid-request', title: 'Invalid request', errors });

export const refusals = {
  'author-has-books': () => refusal(409, 'author-has-books', 'The author has books, so they cannot be removed.'),
  'isbn-taken': () => refusal(409, 'isbn-taken', 'There is a book with this ISBN.'),
  'book-ordered': () => refusal(409, 'book-ordered', 'The book is in an order, so it cannot be removed.'),
  'shelf-full': () => refusal(409, 'shelf-full', 'There is no room for so many copies.'),
  'out-of-stock': () => refusal(409, 'out-of-stock', 'There are too few copies of a book.'),
  'already-cancelled': () => refusal(409, 'already-cancelled', 'The order was cancelled before.'),
  'unknown-author': () => refusal(422, 'unknown-author', 'One of the authors is not there.'),
  'book-twice': () => refusal(422, 'book-twice', 'A book is in two lines.'),
  'unknown-book': () => refusal(422, 'unknown-book', 'One of the books is not there.'),
};

function refusal(status, name, detail) {
  const title = name[0].toUpperCase() + name.slice(1).replaceAll('-', ' ');
  return new Problem(status, detail, { type: `urn:bookshop:${name}`, title });
}
