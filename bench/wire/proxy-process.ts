/** The wire proxy in a process of its own. Argument: the port of PostgreSQL. Prints the port it listens on. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { createWireProxy } from '../../packages/engine/src/wire/wire-proxy.ts';

const upstream = Number(process.argv[2]);
const proxy = createWireProxy({ connectUpstream: () => connect(upstream, '127.0.0.1'), now: () => performance.now() });
const server = createServer((socket) => proxy.accept(socket));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
if (address !== null && typeof address !== 'string') process.stdout.write(`${address.port}\n`);
