import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres, type TestPostgres } from '../postgres-for-tests.ts';
import { int32, message, RawClient } from '../raw-client-for-tests.ts';
import { decodeBinary, decodeText } from './value.ts';

let postgres: TestPostgres;
let client: RawClient;

beforeAll(async () => {
  postgres = await startPostgres();
  client = await RawClient.open(postgres.port);
  client.send(
    message.query(
      `SET TimeZone = 'UTC'; CREATE TYPE mood AS ENUM ('happy', 'so so'); CREATE DOMAIN line_of_text AS text`,
    ),
  );
  await client.until('Z');
});
afterAll(async () => {
  client.socket.destroy();
  await postgres.stop();
});

interface Column {
  readonly type: number;
  readonly values: readonly (Buffer | null)[];
}

/** Asks PostgreSQL for the first column, in text (0) or binary (1). */
async function ask(sql: string, format: 0 | 1): Promise<Column> {
  const { parse, bind, describe, execute, sync } = message;
  client.send(parse(sql), bind([], '', '', format), describe('P'), execute(), sync());
  const answers = await client.until('Z');
  const error = answers.find(({ type }) => type === 'E');
  if (error !== undefined) throw new Error(`${sql}: ${error.body.toString()}`);
  const description = answers.find(({ type }) => type === 'T')?.body ?? Buffer.alloc(0);
  return {
    type: description.readUInt32BE(description.indexOf(0, 2) + 7),
    values: answers
      .filter(({ type }) => type === 'D')
      .map(({ body }) => (body.readInt32BE(2) < 0 ? null : body.subarray(6))),
  };
}

/** How PostgreSQL prints them, and how they are decoded from binary. */
async function both(type: string, literals: readonly string[]) {
  const sql = `SELECT column1::${type} FROM (VALUES ${literals.map((one) => `('${one.replaceAll("'", "''")}')`).join(',')}) v`;
  const [text, binary] = [await ask(sql, 0), await ask(sql, 1)];
  return {
    printed: text.values.map(String),
    fromText: text.values.map((value) => decodeText(text.type, String(value))),
    fromBinary: binary.values.map((value) => (value === null ? null : decodeBinary(binary.type, value))),
  };
}

test.each([
  ['int2', ['-32768', '7']],
  ['int4', ['-2147483648', '0']],
  ['int8', ['9007199254740991', '-5']],
  ['oid', ['4294967295']],
  ['float8', ['0.1', '-1e300', '5e-324', '123456789.125']],
  ['float4', ['0.1', '-3.4028235e38', '1.17549435e-38', '16777216', '3.14159']],
])('%s are numbers', async (type, literals) => {
  const { printed, fromText, fromBinary } = await both(type, literals);
  expect(fromText).toEqual(printed.map(Number));
  expect(fromBinary).toEqual(fromText);
});

test('booleans', async () => {
  const { fromText, fromBinary } = await both('bool', ['t', 'f']);
  expect([fromText, fromBinary]).toEqual([
    [true, false],
    [true, false],
  ]);
});

test.each([
  ['int8', ['9007199254740993', '-9223372036854775808']],
  ['float8', ['NaN', 'Infinity', '-Infinity']],
  ['float4', ['NaN', '-Infinity']],
  [
    'numeric',
    ['0', '-0.000', '12.50', '1e30', '1e-20', '10000', '99990000.0001', 'NaN', 'Infinity', '-Infinity', '0.00010'],
  ],
  ['numeric(6,2)', ['1234.5', '-0.01']],
  ['text', ['', 'žluťoučký 🐎', '\\x', 'null']],
  ['varchar', ['v']],
  ['char(4)', ['ab']],
  ['name', ['a_name']],
  ['"char"', ['c']],
  ['mood', ['happy', 'so so']],
  ['line_of_text', ['žluťoučký	🐎']],
  ['inet', ['10.0.0.1', '10.0.0.1/8', '::1', '2001:db8::/32', '::ffff:10.1.2.3', '1:0:0:2:0:0:0:3']],
  ['cidr', ['10.0.0.0/8', '10.0.0.1/32', 'fe80::/10']],
  ['macaddr', ['08:00:2b:01:02:03']],
  ['macaddr8', ['08:00:2b:01:02:03:04:05']],
  ['inet[]', ['{10.0.0.1,NULL}']],
  ['bytea', ['\\xdeadbeef', '']],
  ['uuid', ['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11']],
  ['json', ['{"a": [1, 2]}']],
  ['jsonb', ['{"a": [1, 2]}', 'null']],
  ['xml', ['<a>b</a>']],
  [
    'date',
    ['2000-01-01', '1999-12-31', '2024-02-29', '0044-03-15 BC', '0001-01-01', 'infinity', '-infinity', '5874897-12-31'],
  ],
  ['time', ['00:00', '23:59:59.5', '24:00']],
  ['timetz', ['12:00:00.000001+05:30', '12:00-08', '12:00+00:00:01']],
  ['timestamp', ['1969-12-31 23:59:59.999999', '2026-11-22 14:00', '4713-01-01 00:00 BC', 'infinity', '-infinity']],
  ['timestamptz', ['2026-11-22 14:00+02', '1900-01-01 00:00:00.12']],
  [
    'interval',
    [
      '0',
      '1 year 2 mons 3 days 04:05:06.789',
      '-1 day 2 hours',
      '1 mon -1 day',
      '-1 year -1 mon',
      '1 day -00:00:01',
      '100:00:00',
    ],
  ],
  ['int4[]', ['{}', '{1,NULL,3}', '{{1,2},{3,4}}', '[0:1]={1,2}']],
  ['text[]', ['{"a b","c\\"d","","NULL",null,"{","x,y","back\\\\slash"}']],
  ['bool[]', ['{t,f}']],
  ['numeric[]', ['{1.50,-2}']],
  ['timestamptz[]', ['{"2026-11-22 14:00+00"}']],
  ['uuid[]', ['{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}']],
  ['jsonb[]', ['{"{\\"a\\": 1}"}']],
  ['bytea[]', ['{"\\\\x0102"}']],
])('%s decode from binary to what PostgreSQL prints', async (type, literals) => {
  const { printed, fromText, fromBinary } = await both(type, literals);
  expect(fromText.map(String)).toEqual(printed);
  expect(fromBinary.map(String)).toEqual(printed);
});

const digits = (max: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: max });

test.each([
  ['numeric', fc.tuple(fc.constantFrom('', '-'), digits(30), digits(30)).map(([sign, a, b]) => `${sign}${a}.${b}`)],
  ['float4', fc.float({ noNaN: true, noDefaultInfinity: true }).map(String)],
  ['date', fc.integer({ min: -2_000_000, max: 20_000_000 }).map((days) => `@${days}`)],
  [
    'timestamp',
    fc.bigInt({ min: -200_000_000_000_000_000n, max: 900_000_000_000_000_000n }).map((micros) => `@${micros}`),
  ],
  [
    'interval',
    fc
      .tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 }), fc.integer({ min: -1e9, max: 1e9 }))
      .map(([months, days, micros]) => `${months} months ${days} days ${micros} microseconds`),
  ],
])('any %s decodes from binary to what PostgreSQL prints', async (type, literal) => {
  await fc.assert(
    fc.asyncProperty(fc.array(literal, { minLength: 20, maxLength: 60 }), async (literals) => {
      const expression = {
        date: `date '2000-01-01' + substr(column1, 2)::int`,
        timestamp: `timestamp '2000-01-01' + substr(column1, 2)::int8 * interval '1 microsecond'`,
      }[type];
      const sql = `SELECT ${expression ?? `column1::${type}`} FROM (VALUES ${literals.map((one) => `('${one}')`).join(',')}) v`;
      const [text, binary] = [await ask(sql, 0), await ask(sql, 1)];
      // Of two shortest texts for the same float either will do.
      const same = (value: unknown): string => String(type === 'float4' ? Math.fround(Number(value)) : value);
      expect(binary.values.map((value) => same(decodeBinary(binary.type, value ?? Buffer.alloc(0))))).toEqual(
        text.values.map((value) => same(decodeText(text.type, String(value)))),
      );
    }),
    { numRuns: 15 },
  );
});

test('bytes that are not what their type says are shown as they are', () => {
  for (const type of [16, 20, 21, 23, 700, 701, 829, 869, 1007, 1082, 1114, 1186, 1700, 2950, 3802]) {
    expect(decodeBinary(type, Buffer.from([]))).toMatch(/^\\x$/);
  }
  fc.assert(
    fc.property(
      fc.constantFrom(16, 20, 23, 650, 774, 829, 869, 1009, 1016, 1114, 1186, 1231, 1700, 2950, 3802, 20_000),
      fc.uint8Array({ maxLength: 64 }),
      (type, bytes) => {
        decodeBinary(type, Buffer.from(bytes));
      },
    ),
  );
});

test('bytes of a type of the backend’s own that are no text stay bytes', () => {
  const shown = ['00000007', 'ff', '1b5b', 'c328'].map((bytes) => decodeBinary(20_000, Buffer.from(bytes, 'hex')));
  expect(shown).toEqual(['\\x00000007', '\\xff', '\\x1b5b', '\\xc328']);
  // Nor is one that is built in, or that nobody knows, taken for text.
  expect([17, 790, 0].map((type) => decodeBinary(type, Buffer.from('aBcd')))).toEqual(Array(3).fill('\\x61426364'));
});

test('a few bytes that speak of very much are not believed', () => {
  const array = (type: number, lengths: readonly number[], ...items: readonly Buffer[]): Buffer =>
    Buffer.concat([
      ...[lengths.length, 0, type, ...lengths.flatMap((length) => [length, 1])].map(int32),
      ...items.flatMap((item) => [int32(item.length), item]),
    ]);
  expect(decodeBinary(1007, array(23, [0x7fffffff, 0]))).toBe('{}');
  for (const lengths of [[0x7fffffff, 1], [3], [-1, 2]]) expect(decodeBinary(1007, array(23, lengths))).toMatch(/^\\x/);
  const zeros = Buffer.from('00007fff0000ffff', 'hex');
  expect(decodeBinary(1700, zeros)).toBe('\\x00007fff0000ffff');
  const nested = Array.from({ length: 40 }).reduce<Buffer>((inner) => array(1009, [1], inner), array(25, [1], zeros));
  expect(decodeBinary(1009, nested)).toMatch(/^\\x/);
  const words = Array.from({ length: 20_000 }, () => Buffer.from('ab'));
  expect(String(decodeBinary(1009, array(25, [20_000], ...words)))).toBe(
    `{${'ab,'.repeat(20_000)}`.slice(0, 16_384) + '…',
  );
});
