/**
 * Reads of the API in a process of their own; prints what came as JSON.
 *   generator-process.ts PORT TOKEN RATE SECONDS RUN
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { constantArrivals, prepareRequest, runLoad } from '../../packages/load/src/index.ts';

const [port = '', token = '', rate = '', seconds = '', run = ''] = process.argv.slice(2);
const targets = [
  '/api/runs?limit=20',
  `/api/runs/${run}`,
  '/api/runs?verdict=failed&limit=20',
  '/api/backends?limit=20',
  '/api/settings',
];
const requests = targets.map((target) =>
  prepareRequest({ method: 'GET', target, headers: [['authorization', `Bearer ${token}`]] }, `127.0.0.1:${port}`),
);
const result = await runLoad({
  connect: async () => {
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  },
  arrivals: constantArrivals(Number(rate), Number(seconds)),
  requestOf: (arrival) => requests[arrival % requests.length] ?? requests[0] ?? fail(),
  connections: 50,
  judge: (_request, { status }) => (status === 200 ? null : `answered ${status}`),
});
const { latency, answered, planned, verification } = result;
process.stdout.write(
  `${JSON.stringify({ p50: latency.p50, p99: latency.p99, answered, planned, wrong: verification.wrong })}\n`,
);
process.exit(0);

function fail(): never {
  throw new Error('there is nothing to ask');
}
