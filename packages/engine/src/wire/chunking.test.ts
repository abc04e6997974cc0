import * as fc from 'fast-check';
import type { Statement } from '@assay/contract';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Activity } from './activity.ts';
import { Answers } from './answers.ts';
import { Framer } from './framer.ts';
import { Journal } from './journal.ts';
import { Pipeline } from './pipeline.ts';
import { startPostgres, type TestPostgres } from './postgres-for-tests.ts';
import { message } from './raw-client-for-tests.ts';
import { Recorder } from './recorder.ts';
import { Requests } from './requests.ts';
import { RuleSet } from './rules.ts';

/** What a client sent and what PostgreSQL answered, as it was recorded from a real one. */
interface Recording {
  readonly sent: Buffer;
  readonly answered: Buffer;
}

const { query, parse, bind, describe, execute, sync, close, copyData, copyDone } = message;
const dialogue: readonly Buffer[] = [
  query(`CREATE TEMP TABLE t (a int, b text); INSERT INTO t SELECT n, repeat('é', n) FROM generate_series(1, 200) n`),
  Buffer.concat([
    parse('SELECT * FROM t WHERE a <= $1', 's'),
    describe('S', 's'),
    bind(['150'], 's'),
    execute(),
    sync(),
  ]),
  Buffer.concat([bind(['9'], 's', 'p'), execute(4, 'p'), execute(4, 'p'), execute(4, 'p'), close('P', 'p'), sync()]),
  Buffer.concat([
    parse('BEGIN'),
    bind(),
    execute(),
    parse('SELECT 1/0'),
    bind(),
    execute(),
    bind(['1'], 's'),
    execute(),
    sync(),
  ]),
  Buffer.concat([query('ROLLBACK'), query('SELECT 1; SELECT 2')]),
  Buffer.concat([query('COPY t FROM STDIN'), copyData('1\tx\n'), copyDone(), query('COPY t TO STDOUT')]),
  Buffer.concat([parse('SELECT $1::bytea', 'big', [17]), bind([Buffer.alloc(300_000, 7)], 'big'), execute(), sync()]),
];

let postgres: TestPostgres;
let recordings: readonly Recording[];

beforeAll(async () => {
  postgres = await startPostgres();
  const all: Recording[] = [];
  const socket = connect(postgres.port, '127.0.0.1');
  let answered = Buffer.alloc(0);
  let wake = (): void => {};
  socket.on('data', (chunk: Buffer) => {
    answered = Buffer.concat([answered, chunk]);
    wake();
  });
  for (const sent of [message.startup(), ...dialogue]) {
    socket.write(sent);
    while (readyIn(answered) < Math.max(1, expectedReady(sent))) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    all.push({ sent, answered });
    answered = Buffer.alloc(0);
  }
  socket.destroy();
  recordings = all;
});
afterAll(() => postgres.stop());

/** Sync and Query are each answered by one ReadyForQuery. */
function expectedReady(sent: Buffer): number {
  return typesIn(sent).filter((type) => type === 'Q' || type === 'S').length;
}

function readyIn(answered: Buffer): number {
  return typesIn(answered).filter((type) => type === 'Z').length;
}

function typesIn(bytes: Buffer): readonly string[] {
  const types: string[] = [];
  for (let at = 0; at + 5 <= bytes.length && bytes[at] !== 0; at += bytes.readInt32BE(at + 1) + 1) {
    types.push(String.fromCharCode(bytes[at] ?? 0));
  }
  return types;
}

/** The proxy without its sockets. */
function replayer(ruled: boolean) {
  const journal = new Journal(1000);
  const activity = new Activity(() => 0);
  const ledger = { journal, activity, transactions: { next: () => 1 }, now: () => 0 };
  const rules = new RuleSet();
  if (ruled) rules.add({ do: 'cut', when: 'before', match: { text: /no such text/, value: 'nor this' } });
  const pipeline = new Pipeline();
  const toServer: Buffer[] = [];
  const toClient: Buffer[] = [];
  const broken = { violated: false };
  const output = (pieces: Buffer[]) => ({
    write: (bytes: Buffer) => pieces.push(bytes),
    cut: () => {},
    violated: () => {
      broken.violated = true;
    },
  });
  const requests = new Requests(1, ledger, rules, pipeline, () => {});
  const fromClient = new Framer(requests, output(toServer));
  const fromServer = new Framer(new Answers(ledger, new Recorder(1, ledger), pipeline), output(toClient));
  return { fromClient, fromServer, toServer, toClient, journal, activity, broken };
}

function chunks(bytes: Buffer, sizes: readonly number[]): readonly Buffer[] {
  const pieces: Buffer[] = [];
  let at = 0;
  for (let index = 0; at < bytes.length; index += 1) {
    // Small pieces first, where the messages are; the long tail in long ones.
    const size = index < 400 ? (sizes[index % sizes.length] ?? 1) : 65_536;
    pieces.push(Buffer.from(bytes.subarray(at, at + size)));
    at += size;
  }
  return pieces;
}

function replay(
  sizes: readonly number[],
  ruled: boolean,
): { statements: readonly Statement[]; identical: boolean; inFlight: number } {
  const { fromClient, fromServer, toServer, toClient, journal, activity } = replayer(ruled);
  for (const [index, { sent, answered }] of recordings.entries()) {
    if (index > 0) for (const chunk of chunks(sent, sizes)) fromClient.push(chunk);
    for (const chunk of chunks(answered, sizes)) fromServer.push(chunk);
  }
  const sent = Buffer.concat(recordings.slice(1).map((one) => one.sent));
  const answered = Buffer.concat(recordings.map((one) => one.answered));
  return {
    statements: journal.statements(),
    inFlight: activity.inFlight,
    identical: Buffer.concat(toServer).equals(sent) && Buffer.concat(toClient).equals(answered),
  };
}

test('however the bytes are cut up, the same statements are seen and the same bytes go on', () => {
  const whole = replay([1_000_000], false);
  expect(whole).toMatchObject({ identical: true, inFlight: 0 });
  expect(whole.statements.map(({ command, rows, error }) => error?.code ?? `${command} ${rows}`)).toEqual([
    'CREATE TABLE 0',
    'INSERT 200',
    'SELECT 150',
    'SELECT 9',
    'BEGIN 0',
    '22012',
    'ROLLBACK 0',
    'SELECT 1',
    'SELECT 1',
    'COPY 1',
    'COPY 201',
    'SELECT 1',
  ]);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 }),
      fc.boolean(),
      (sizes, ruled) => {
        expect(replay(sizes, ruled)).toEqual(whole);
      },
    ),
    { numRuns: 60 },
  );
  expect(replay([1], true)).toEqual(whole);
});

test('garbage is a violation or goes on as it is; it never throws', () => {
  const change = fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), fc.nat(), (changes, pick) => {
      const { fromClient, fromServer, broken } = replayer(true);
      const { sent, answered } = recordings[1 + (pick % dialogue.length)] ?? {
        sent: Buffer.alloc(0),
        answered: Buffer.alloc(0),
      };
      const spoilt = [sent, answered].map((bytes) => {
        const copy = Buffer.from(bytes.subarray(0, 2000));
        for (const { at, byte } of changes) copy[at % copy.length] = byte;
        return copy;
      });
      fromClient.push(spoilt[0] ?? sent);
      fromServer.push(spoilt[1] ?? answered);
      expect(broken.violated).toBeTypeOf('boolean');
    }),
    { numRuns: 2000 },
  );
});
