import {
  type Check,
  type Exchange,
  type Instance,
  isJsonObject,
  type Json,
  type ProbeContext,
  type Wire,
} from '@assay/contract';
import { exchangeOf, judged, type Told } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf } from '../testing/scripted-for-tests.ts';
import type { TestDatabases } from './database-for-tests.ts';
import { statementsOf } from './statements-for-tests.ts';

const author = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', minLength: 1, maxLength: 30, pattern: '^[a-z]+$' } },
};
const book = {
  type: 'object',
  required: ['title', 'authorId', 'price', 'stock', 'binding'],
  properties: {
    title: { type: 'string', minLength: 3, maxLength: 30, pattern: '^[a-z]+$' },
    authorId: { type: 'string', format: 'uuid' },
    price: { type: 'string', pattern: '^[1-9][0-9]{0,5}\\.[0-9]{2}$' },
    stock: { type: 'integer', minimum: 0, maximum: 1000 },
    binding: { type: 'string', enum: ['paper', 'cloth'] },
  },
};
const made = (schema: Json): Json => ({
  '201': { description: 'Made', content: { 'application/json': { schema } } },
  '400': { description: 'No' },
});
const create = (operationId: string, schema: Json): Json => ({
  operationId,
  requestBody: { required: true, content: { 'application/json': { schema } } },
  responses: made({
    type: 'object',
    properties: { id: { type: 'string', format: 'uuid' }, createdAt: { type: 'string', format: 'date-time' } },
  }),
});
const read = (operationId: string): Json => ({
  operationId,
  parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
  responses: { '200': { description: 'It', content: { 'application/json': { schema: { type: 'object' } } } } },
});

export const bookshop = contractOf({
  '/authors': { post: create('createAuthor', author) },
  '/authors/{id}': { get: read('getAuthor') },
  '/books': { post: create('createBook', book) },
  '/books/{id}': { get: read('getBook') },
});

/** The columns of a sound schema; a test changes some of them. */
const sound = {
  'authors.name': 'text NOT NULL',
  'authors.created_at': 'timestamptz NOT NULL DEFAULT now()',
  'books.id': 'uuid PRIMARY KEY DEFAULT gen_random_uuid()',
  'books.title': 'text NOT NULL',
  'books.author_id': 'uuid NOT NULL REFERENCES authors',
  'books.price': 'numeric(8, 2) NOT NULL',
  'books.stock': 'integer NOT NULL CHECK (stock BETWEEN 0 AND 1000)',
  'books.binding': `text NOT NULL CHECK (binding IN ('paper', 'cloth'))`,
};

/** Columns that no request has a value for. */
type More = Readonly<Partial<Record<`${'authors' | 'books'}.${string}`, string>>>;

/**
 * A backend of a few lines on a real database, and what a probe is given with it. It holds the contract's rules by itself.
 */
export async function openBookshop(
  databases: TestDatabases,
  change: Partial<typeof sound> | More = {},
  before = '',
): Promise<ProbeContext> {
  const columns = Object.entries({ ...sound, ...change });
  const of = (table: string): string =>
    columns
      .flatMap(([name, type]) => (name.startsWith(`${table}.`) ? [`${name.split('.')[1]} ${type}`] : []))
      .join(', ');
  const database = await databases.open(
    `${before}; CREATE TABLE authors (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), ${of('authors')}); CREATE TABLE books (${of('books')});`,
  );
  const texts: string[] = [];
  const seen: Pick<Instance, 'sql'> = {
    sql: (text, parameters) => {
      texts.push(text);
      return database.sql(text, parameters);
    },
  };
  const instance: Instance = {
    ...database,
    wire: { statements: () => statementsOf(...texts) } as Partial<Wire> as Wire,
    send: (request) => answer(seen, request.target, sentOf(request.body)),
  };
  return contextOf(bookshop, instance, { random: countingRandom() });
}

function sentOf(body: string | Uint8Array | undefined): Readonly<Record<string, Json>> {
  const parsed = JSON.parse(String(body)) as Json;
  return isJsonObject(parsed) ? parsed : {};
}

async function answer(
  database: Pick<Instance, 'sql'>,
  target: string,
  sent: Readonly<Record<string, Json>>,
): Promise<Exchange> {
  const line = `POST ${target}`;
  const refused = exchangeOf(line, 400, { sent });
  if (target === '/authors') {
    if (typeof sent['name'] !== 'string') return refused;
    const [row] = await database.sql('INSERT INTO authors (name) VALUES ($1) RETURNING id, created_at', [sent['name']]);
    return exchangeOf(line, 201, {
      sent,
      body: { id: String(row?.['id']), createdAt: new Date(String(row?.['created_at'])).toISOString() },
    });
  }
  const { title, authorId, price, stock, binding } = sent;
  const whole = [title, authorId, price].every((value) => typeof value === 'string') && typeof stock === 'number';
  if (!whole || stock < 0 || stock > 1000 || (binding !== 'paper' && binding !== 'cloth')) return refused;
  const [taken] = await database.sql('SELECT 1 FROM books WHERE title = $1', [title]);
  if (taken !== undefined) return exchangeOf(line, 409, { sent });
  const [row] = await database.sql(
    'INSERT INTO books (title, author_id, price, stock, binding) VALUES ($1, $2, $3, $4, $5) RETURNING id',
    [title, authorId, price, stock, binding],
  );
  return exchangeOf(line, 201, { sent, body: { id: String(row?.['id']) } });
}

function countingRandom(): ProbeContext['random'] {
  let words = 0;
  return {
    seed: 7,
    next: () => 0.5,
    integer: (min) => min,
    pick: (from) => from[0] as never,
    unique: (prefix) => {
      words += 1;
      return `${prefix}${[...String(words)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`;
    },
  };
}

/** Probes and judges, with the evidence as it would be kept. */
export async function told<E>(check: Check<E>, context: ProbeContext): Promise<Told> {
  const evidence = JSON.parse(JSON.stringify(await check.probe(context))) as E;
  return judged(check, evidence, context.contract);
}
