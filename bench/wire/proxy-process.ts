/** The wire proxy in a process of its own. Argument: the port or the Unix socket of PostgreSQL. Prints the port it listens on. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { createWireProxy } from '../../packages/engine/src/wire/wire-proxy.ts';

const [upstream = ''] = process.argv.slice(2);
const proxy = createWireProxy({
  connectUpstream: (onread) =>
    upstream.startsWith('/')
      ? connect({ path: upstream, onread })
      : connect({ port: Number(upstream), host: '127.0.0.1', onread }),
  now: () => performance.now(),
});
const server = createServer((socket) => proxy.accept(socket));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
if (address !== null && typeof address !== 'string') process.stdout.write(`${address.port}\n`);
