import type { Socket } from 'node:net';

/** Opens a connection to the backend. The socket may still be connecting; it may live in another network namespace. */
export type Connect = () => Promise<Socket> | Socket;

/** Waits until the socket is connected; rejects with the error of the operating system. */
export async function openSocket(connect: Connect, onSocket: (socket: Socket) => void): Promise<Socket> {
  const socket = await connect();
  onSocket(socket);
  if (socket.connecting) {
    await new Promise<void>((resolve, reject) => {
      const onClose = () => reject(new Error('the connection was closed while it was being opened'));
      socket.once('error', reject);
      socket.once('close', onClose);
      socket.once('connect', () => {
        socket.off('error', reject);
        socket.off('close', onClose);
        resolve();
      });
    });
  }
  if (socket.destroyed) throw socket.errored ?? new Error('the connection was closed while it was being opened');
  socket.setNoDelay(true);
  return socket;
}
