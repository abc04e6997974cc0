import { connect, createServer, type Server, type Socket } from 'node:net';
import { Fault } from '@assay/contract';

/** A port that can be shut, so that connections to it are refused, and opened again. */
export class Door {
  readonly port: number;
  readonly #open: (port: number) => Promise<Server>;
  readonly #onConnection: (socket: Socket) => void;
  #server: Server | null;

  private constructor(
    port: number,
    server: Server,
    open: (port: number) => Promise<Server>,
    onConnection: (socket: Socket) => void,
  ) {
    this.port = port;
    this.#server = server;
    this.#open = open;
    this.#onConnection = onConnection;
    server.on('connection', onConnection);
  }

  /** @param open gives a server that listens on that port, or on a free one for 0 */
  static async open(
    wish: number,
    open: (port: number) => Promise<Server>,
    onConnection: (socket: Socket) => void,
  ): Promise<Door> {
    const server = await open(wish);
    const address = server.address();
    return new Door(
      wish === 0 && address !== null && typeof address === 'object' ? address.port : wish,
      server,
      open,
      onConnection,
    );
  }

  async setOpen(isOpen: boolean): Promise<void> {
    if (isOpen === (this.#server !== null)) return;
    if (isOpen) {
      this.#server = await this.#open(this.port);
      this.#server.on('connection', this.#onConnection);
    } else {
      // Not awaited: it closes when the last of its connections has ended, and refuses new ones at once.
      this.#server?.close();
      this.#server = null;
    }
  }
}

/** Listens on this machine's loopback. */
export function listenHere(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', backlog: 511 }, () => resolve(server));
  });
}

/** Throws `port-taken` when somebody listens there: without a network of its own, whoever does would be taken for the backend. */
export async function refuseTaken(port: number): Promise<void> {
  if (!(await isTaken(port))) return;
  throw new Fault(
    'port-taken',
    `Another program listens on port ${port}, which \`port:\` in assay.yaml gives to the backend, and there is no sandbox to keep the two apart.`,
  );
}

/** Whether somebody accepts connections on this machine's loopback at that port. */
function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** A port that nobody uses now. Somebody may take it before it is used. */
export async function findFreePort(): Promise<number> {
  const server = await listenHere(0);
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new TypeError('A listening server has no port.');
  return address.port;
}
