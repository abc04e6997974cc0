/**
 * Assay's load generator in a process of its own; prints its result as JSON.
 *   generator-process.ts PORT RATE SECONDS CONNECTIONS
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { constantArrivals, prepareRequest, runLoad } from '../../packages/load/src/index.ts';

const [port = 0, rate = 0, seconds = 0, connections = 0] = process.argv.slice(2).map(Number);
const request = prepareRequest(
  { method: 'GET', target: '/todos/7', headers: [['accept', 'application/json']] },
  `127.0.0.1:${port}`,
);
const result = await runLoad({
  connect: async () => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  },
  arrivals: constantArrivals(rate, seconds),
  requestOf: () => request,
  connections,
  judge: (_request, { status, body }) =>
    status === 200 && 'text' in body && JSON.parse(body.text).id === 7 ? null : `answered ${status}`,
});
process.stdout.write(`${JSON.stringify({ ...result, histogram: undefined })}\n`);
process.exit(0);
