import type { Socket } from 'node:net';

/** Sends one HTTP request and returns the body of its answer. @param fields further lines of its head, each with its line end */
export async function ask(connect: () => Promise<Socket>, target = '/', fields = ''): Promise<string> {
  const socket = await connect();
  socket.write(`GET ${target} HTTP/1.1\r\nHost: backend\r\nConnection: close\r\n${fields}\r\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text.slice(text.indexOf('\r\n\r\n') + 4);
}

/** The same, with the answer read as JSON. */
export async function askJson<T>(connect: () => Promise<Socket>, target = '/', fields = ''): Promise<T> {
  return JSON.parse(await ask(connect, target, fields)) as T;
}
