import { createServer, type Server, Socket } from 'node:net';

/** Opens a port on this network namespace's loopback. Nothing may connect to it before it was handed over. */
export function listenOn(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', backlog: 511 }, () => resolve(server));
  });
}

/** A connection of which not a byte has been read, so that whoever gets it misses nothing. */
export function connectTo(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = new Socket();
    socket.pause();
    socket.once('error', reject);
    socket.once('connect', () => resolve(socket));
    socket.connect({ port, host: '127.0.0.1' });
  });
}
