/**
 * The load: so many connections, each with one prepared single-row select in flight at a time, as a driver sends it (Bind, Describe,
 * Execute, Sync). Speaks the protocol itself, so that no driver is what is measured.
 * Arguments: port, connections, milliseconds. Prints how many statements were answered, and in how many milliseconds.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const rows = 1000;
const ready = 0x5a;

function message(type: string, body: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.write(type, 'latin1');
  header.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}

const describe = message('D', Buffer.from('P\0'));
const execute = message('E', Buffer.from([0, 0, 0, 0, 0]));
const sync = message('S', Buffer.alloc(0));

/** For each row the bytes that select it: parameter in binary, result in text. */
const selects = Array.from({ length: rows }, (_, id) => {
  const body = Buffer.concat([Buffer.from('\0one\0'), Buffer.from([0, 1, 0, 1, 0, 1, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0])]);
  body.writeInt32BE(id + 1, body.length - 6);
  return Buffer.concat([message('B', body), describe, execute, sync]);
});

/** Waits for ReadyForQuery, which ends every answer: the last message of a chunk, 6 bytes long. */
function isReady(chunk: Buffer): boolean {
  return chunk.length >= 6 && chunk[chunk.length - 6] === ready && chunk.readInt32BE(chunk.length - 5) === 5;
}

async function untilReady(socket: Socket): Promise<void> {
  for (;;) {
    const [chunk] = await once(socket, 'data');
    if (chunk[0] === 0x45) throw new Error(chunk.toString('latin1'));
    if (isReady(chunk)) return;
  }
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  await once(socket, 'connect');
  const body = Buffer.from('\0\x03\0\0user\0postgres\0database\0postgres\0\0', 'latin1');
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  socket.write(Buffer.concat([length, body]));
  await untilReady(socket);
  const text = 'SELECT id, payload FROM item WHERE id = $1';
  socket.write(Buffer.concat([message('P', Buffer.from(`one\0${text}\0\0\x01\0\0\0\x17`, 'latin1')), sync]));
  await untilReady(socket);
  return socket;
}

async function load(port: number, connections: number, milliseconds: number): Promise<number> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  let answered = 0;
  let next = 0;
  const send = (socket: Socket): void => {
    const select = selects[next];
    next = (next + 1) % rows;
    if (select !== undefined) socket.write(select);
  };
  const started = performance.now();
  for (const socket of sockets) {
    socket.on('data', (chunk: Buffer) => {
      if (!isReady(chunk)) return;
      answered += 1;
      send(socket);
    });
    send(socket);
  }
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  const took = performance.now() - started;
  for (const socket of sockets) socket.destroy();
  return (answered / took) * 1000;
}

const [port, connections, milliseconds] = process.argv.slice(2).map(Number);
const perSecond = await load(port ?? 0, connections ?? 8, milliseconds ?? 1000);
process.stdout.write(`${perSecond}\n`);
