import type { Socket } from 'node:net';
import { Client } from 'undici';
import { skipContinue } from './interim.ts';
import { type Connect, openSocket } from './open-socket.ts';

/**
 * One connection at a time to the backend, through undici. Idle ones are closed after a second, before nearly any server closes
 * them: a request that meets a closing connection looks as if the backend had dropped it.
 */
const idleMs = 1000;

export class Connection {
  readonly client: Client;
  /** The socket in use, also while it is being opened. */
  socket: Socket | null = null;
  /** Responses read from this very socket. */
  served = 0;
  #expectResponse: () => void = () => undefined;

  constructor(connect: Connect, authority: string) {
    this.client = new Client(`http://${authority}`, {
      pipelining: 1,
      keepAliveTimeout: idleMs,
      keepAliveMaxTimeout: idleMs,
      // Deadlines are the sender's, from the send to the last byte.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: 65_536,
      connect: (_options, callback) => {
        openSocket(connect, (socket) => this.#use(socket)).then(
          (socket) => callback(null, socket),
          (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
        );
      },
    });
  }

  /** To be called when the request is about to be written. */
  begin(): void {
    this.#expectResponse();
  }

  /** What broke the connection after the response had been read whole, other than an orderly end; or null. */
  get brokenBy(): Error | null {
    const error = this.socket?.errored ?? null;
    return error !== null && 'code' in error && error.code === 'UND_ERR_INFO' ? null : error;
  }

  /** True when the other side has closed the connection though its response had not said so. */
  get closedByServer(): boolean {
    const { socket } = this;
    return socket !== null && socket.destroyed && (this.brokenBy !== null || socket.readableEnded);
  }

  destroy(): void {
    void this.client.destroy().catch(() => undefined);
    this.socket?.on('error', () => undefined);
    this.socket?.destroy();
  }

  #use(socket: Socket): void {
    this.socket = socket;
    this.served = 0;
    this.#expectResponse = skipContinue(socket);
  }
}
