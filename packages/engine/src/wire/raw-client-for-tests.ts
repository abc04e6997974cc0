import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { headerBytes } from './protocol.ts';

/** A message of the server: its type as a letter, and its body. */
export interface Answer {
  readonly type: string;
  readonly body: Buffer;
}

type Value = string | Buffer | null;

/** Messages of the client, written by hand: what no driver would send can be sent too. */
export const message = {
  query: (sql: string): Buffer => framed('Q', text(sql)),
  parse: (sql: string, name = '', types: readonly number[] = []): Buffer =>
    framed('P', text(name), text(sql), int16(types.length), ...types.map(int32)),
  bind: (values: readonly Value[] = [], name = '', portal = '', resultFormat = 0): Buffer =>
    framed(
      'B',
      text(portal),
      text(name),
      int16(values.length),
      ...values.map((value) => int16(Buffer.isBuffer(value) ? 1 : 0)),
      int16(values.length),
      ...values.map(lengthAndValue),
      int16(1),
      int16(resultFormat),
    ),
  describe: (target: 'S' | 'P', name = ''): Buffer => framed('D', Buffer.from(target), text(name)),
  execute: (limit = 0, portal = ''): Buffer => framed('E', text(portal), int32(limit)),
  close: (target: 'S' | 'P', name = ''): Buffer => framed('C', Buffer.from(target), text(name)),
  flush: (): Buffer => framed('H'),
  sync: (): Buffer => framed('S'),
  terminate: (): Buffer => framed('X'),
  copyData: (data: string): Buffer => framed('d', Buffer.from(data)),
  copyDone: (): Buffer => framed('c'),
  copyFail: (reason: string): Buffer => framed('f', text(reason)),
  functionCall: (callee: number, ...values: readonly Buffer[]): Buffer =>
    framed('F', int32(callee), int16(1), int16(1), int16(values.length), ...values.map(lengthAndValue), int16(1)),
  startup: (version = 0x30000, user = 'postgres'): Buffer => {
    const body = Buffer.concat([
      int32(version),
      text('user'),
      text(user),
      text('database'),
      text('postgres'),
      text(''),
    ]);
    return Buffer.concat([int32(body.length + 4), body]);
  },
  /** SSLRequest, GSSENCRequest, or a CancelRequest with its key. */
  request: (code: number, ...parts: readonly Buffer[]): Buffer => {
    const body = Buffer.concat([int32(code), ...parts]);
    return Buffer.concat([int32(body.length + 4), body]);
  },
  framed,
};

export class RawClient {
  readonly socket: Socket;
  #bytes = Buffer.alloc(0);
  #answers: Answer[] = [];
  #wake = (): void => {};
  #ended = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', () => {});
    const ended = (): void => {
      this.#ended = true;
      this.#wake();
    };
    socket.on('end', ended);
    socket.on('close', ended);
  }

  /** Connects without sending anything. */
  static async connect(port: number): Promise<RawClient> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  /** Connects as `postgres` and waits until the server is ready. */
  static async open(port: number): Promise<RawClient> {
    const client = await RawClient.connect(port);
    client.send(message.startup());
    await client.until('Z');
    return client;
  }

  get ended(): boolean {
    return this.#ended;
  }

  send(...messages: readonly Buffer[]): void {
    this.socket.write(Buffer.concat(messages));
  }

  /** The answers up to the `count`th of this type; fewer when the connection ends. */
  async until(type: string, count = 1): Promise<readonly Answer[]> {
    for (;;) {
      let found = 0;
      for (const [index, answer] of this.#answers.entries()) {
        if (answer.type === type) found += 1;
        if (found === count) return this.#answers.splice(0, index + 1);
      }
      if (this.#ended) return this.#answers.splice(0);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Their types as one word: `12DCZ`. */
  async types(type = 'Z', count = 1): Promise<string> {
    return typesOf(await this.until(type, count));
  }

  /** What still comes until the other side ends the connection. */
  async rest(): Promise<readonly Answer[]> {
    while (!this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#answers.splice(0);
  }

  #take(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    while (this.#bytes.length >= headerBytes) {
      const total = this.#bytes.readInt32BE(1) + 1;
      if (this.#bytes.length < total) break;
      const type = String.fromCharCode(this.#bytes[0] ?? 0);
      this.#answers.push({ type, body: this.#bytes.subarray(headerBytes, total) });
      this.#bytes = this.#bytes.subarray(total);
    }
    this.#wake();
  }
}

/** Without what the server may say at any time: notices, notifications, parameters. */
export function typesOf(answers: readonly Answer[]): string {
  return answers
    .map(({ type }) => type)
    .filter((type) => !'NAS'.includes(type))
    .join('');
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function lengthAndValue(value: Value): Buffer {
  if (value === null) return int32(-1);
  const bytes = Buffer.from(value);
  return Buffer.concat([int32(bytes.length), bytes]);
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`);
}

function framed(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type, 'latin1'), int32(body.length + 4), body]);
}
