import { createServer, type Server } from 'node:http';
import { afterEach, expect, it, vi } from 'vitest';
import type { FollowState } from './follow.ts';
import { followVisible, type Sight } from './follow-visible.ts';

let server: Server | null = null;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((done) => (server === null ? done(null) : server.close(done)));
  server = null;
});

/** A page that is shown and hidden by hand. */
function page(hidden: boolean): Sight & { set(hidden: boolean): void } {
  const listeners = new Set<() => void>();
  let isHidden = hidden;
  return {
    isHidden: () => isHidden,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    set(now) {
      isHidden = now;
      for (const listener of listeners) listener();
    },
  };
}

it('holds a stream only while the page is seen, brings the token, and misses nothing', async () => {
  const asked: (readonly [lastId: unknown, authorization: unknown])[] = [];
  let open = 0;
  server = createServer((request, response) => {
    asked.push([request.headers['last-event-id'], request.headers.authorization]);
    open += 1;
    response.once('close', () => (open -= 1));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const isFirst = asked.length === 1;
    response.write(isFirst ? 'id: 1\ndata: a\n\nid: 2\ndata: b\n\n' : 'id: 3\ndata: c\n\nevent: end\ndata: {}\n\n');
  });
  const { port } = await new Promise<{ readonly port: number }>((done) => {
    server?.listen(0, '127.0.0.1', () => {
      const address = server?.address();
      if (typeof address === 'object' && address !== null) done(address);
    });
  });
  const sight = page(true);
  const data: string[] = [];
  const states: FollowState[] = [];
  const following = followVisible(
    {
      url: `http://127.0.0.1:${port}/events`,
      headers: () => ({ authorization: 'Bearer word' }),
      signal: AbortSignal.timeout(30_000),
      onMessages: (messages) => data.push(...messages.map((message) => message.data)),
      onState: (state) => states.push(state),
    },
    sight,
  );
  // Opened in a tab behind: nothing is asked.
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toEqual([]);
  sight.set(false);
  await vi.waitFor(() => expect(data).toEqual(['a', 'b']), { timeout: 20_000 });
  expect(open).toBe(1);
  sight.set(true);
  await vi.waitFor(() => expect(open).toBe(0), { timeout: 20_000 });
  sight.set(false);
  await following;
  expect(data).toEqual(['a', 'b', 'c', '{}']);
  expect(asked).toEqual([
    [undefined, 'Bearer word'],
    ['2', 'Bearer word'],
  ]);
  expect(states).toEqual(['connecting', 'open', 'open', 'ended']);
});

it('ends with its signal, also while the page is hidden', async () => {
  const stop = new AbortController();
  const following = followVisible(
    { url: 'http://127.0.0.1:1/', signal: stop.signal, onMessages: () => undefined, onState: () => undefined },
    page(true),
  );
  stop.abort();
  await following;
});
