import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import type { StreamMessage } from './event-stream.ts';
import { follow, type FollowState } from './follow.ts';

let server: Server | null = null;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((done) => (server === null ? done(null) : server.close(done)));
  server = null;
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that gives these answers, one after the other, and what it was asked. */
async function serve(answers: readonly Answer[]): Promise<{ readonly url: string; readonly asked: (string | null)[] }> {
  const asked: (string | null)[] = [];
  const listening = createServer((request, response) => {
    const lastId = request.headers['last-event-id'];
    asked.push(typeof lastId === 'string' ? lastId : null);
    answers[asked.length - 1]?.(request, response);
  });
  server = listening;
  await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done));
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}/events`, asked };
}

function stream(text: string, then: 'cut' | 'end' | 'hang'): Answer {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(text, () => {
      if (then === 'cut') response.destroy();
      if (then === 'end') response.end();
    });
  };
}

async function followed(
  url: string,
  silenceMs?: number,
): Promise<{ readonly data: string[]; readonly states: FollowState[] }> {
  const messages: StreamMessage[] = [];
  const states: FollowState[] = [];
  await follow({
    url,
    signal: AbortSignal.timeout(20_000),
    onMessages: (some) => messages.push(...some),
    onState: (state) => states.push(state),
    waitsMs: [5],
    ...(silenceMs === undefined ? {} : { silenceMs }),
  });
  return { data: messages.map(({ data }) => data), states };
}

it('goes on after the last message seen when the connection is cut', async () => {
  const { url, asked } = await serve([
    stream('id: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3\ndata: ha', 'cut'),
    (_, response) => response.writeHead(503).end(),
    stream('id: 3\ndata: c\n\nid: 3\nevent: end\ndata: {}\n\n', 'hang'),
  ]);
  expect(await followed(url)).toEqual({
    data: ['a', 'b', 'c', '{}'],
    states: ['connecting', 'open', 'lost', 'lost', 'open', 'ended'],
  });
  expect(asked).toEqual([null, '2', '2']);
});

it('tries again when the server ends without saying that it was all', async () => {
  const { url } = await serve([stream('', 'end'), stream('event: end\ndata: {}\n\n', 'end')]);
  expect((await followed(url)).states).toEqual(['connecting', 'open', 'lost', 'open', 'ended']);
});

it('takes a connection on which nothing comes for dead', async () => {
  const { url } = await serve([stream('id: 1\ndata: a\n\n', 'hang'), stream('id: 1\nevent: end\ndata: {}\n\n', 'end')]);
  expect((await followed(url, 100)).data).toEqual(['a', '{}']);
});

it('gives up when it is refused', async () => {
  const { url, asked } = await serve([(_, response) => response.writeHead(404).end()]);
  expect((await followed(url)).states).toEqual(['connecting', 'refused']);
  expect(asked).toHaveLength(1);
});

it('stops when it is told to', async () => {
  const { url } = await serve([stream('id: 1\ndata: a\n\n', 'hang')]);
  const stop = new AbortController();
  const states: FollowState[] = [];
  await follow({ url, signal: stop.signal, onMessages: () => stop.abort(), onState: (state) => states.push(state) });
  expect(states).toEqual(['connecting', 'open']);
});
