import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect, createServer as createSocketServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { burstArrivals, constantArrivals } from './arrivals.ts';
import { stepsToKnee } from './knee.ts';
import { prepareRequest } from './prepared-request.ts';
import { type LoadOptions, runLoad } from './run-load.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listening(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function optionsFor(server: Server, change: Partial<LoadOptions> = {}): Promise<LoadOptions> {
  const port = await listening(server);
  const request = prepareRequest({ method: 'GET', target: '/' }, `127.0.0.1:${port}`);
  return {
    connect: async () => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    },
    arrivals: constantArrivals(200, 0.5),
    requestOf: () => request,
    connections: 4,
    judge: (_request, { status }) => (status === 200 ? null : `answered ${status}`),
    ...change,
  };
}

const answering = (listener: RequestListener): Server => createServer(listener);

describe('runLoad', () => {
  it('accounts for every arrival, and looks at every response', async () => {
    const result = await runLoad(await optionsFor(answering((_request, response) => response.end('hello'))));
    expect(result).toMatchObject({ planned: 100, sent: 100, missed: 0, answered: 100, byStatus: { 200: 100 } });
    expect(result.latency.count).toBe(100);
    expect(result.perSecond.reduce((sum, times) => sum + times, 0)).toBe(100);
    expect(result.verification).toEqual({ same: 99, judged: 1, byStatus: 0, wrong: 0, complaints: [] });
  });

  it('counts what could not be sent for want of a connection, with the time that it waited', async () => {
    const never = await optionsFor(
      answering(() => undefined),
      { connections: 2, sendUntilMs: 700, timeoutMs: 900 },
    );
    const result = await runLoad(never);
    expect(result).toMatchObject({ planned: 100, sent: 2, missed: 98, answered: 0 });
    expect(result.errors.timeout).toBe(2);
    expect(result.latency.count).toBe(100);
    // None of them was answered before the run ended, so each took at least from its own start until then.
    expect(result.latency.min).toBeGreaterThan(900 - 500);
  });

  it('measures from the intended start, so that those who queue behind a stall are seen', async () => {
    let seen = 0;
    let stalledUntil = 0;
    const server = answering((_request, response) => {
      seen += 1;
      if (seen === 50) stalledUntil = performance.now() + 300;
      setTimeout(() => response.end('hello'), Math.max(0, stalledUntil - performance.now()));
    });
    const result = await runLoad(await optionsFor(server, { connections: 1 }));
    expect(result.answered).toBe(100);
    // One request alone was slow; by the schedule 50 came after it, and nearly all of them before it ended.
    expect(result.latency.p90).toBeGreaterThan(200);
  });

  it('reports responses that break the contract, and judges again what differs from what was right', async () => {
    let seen = 0;
    const server = answering((_request, response) => {
      seen += 1;
      response.statusCode = seen % 10 === 0 ? 500 : 200;
      response.end(seen % 2 === 0 ? 'even' : 'odd');
    });
    const result = await runLoad(await optionsFor(server));
    expect(result.byStatus).toEqual({ 200: 90, 500: 10 });
    expect(result.verification.wrong).toBe(10);
    expect(result.verification.complaints).toEqual(['answered 500']);
    expect(result.verification.judged).toBeGreaterThan(10);
  });

  it('judges every response that differs, when the load is over if not before', async () => {
    let seen = 0;
    const server = answering((_request, response) => {
      seen += 1;
      response.end(seen > 50 && seen % 3 === 0 ? `wrong ${seen}` : `right ${seen}`);
    });
    const result = await runLoad(
      await optionsFor(server, {
        wholePerSecond: 0,
        judge: (_request, { body }) => ('text' in body && body.text.startsWith('right') ? null : 'it is wrong'),
      }),
    );
    expect(result.verification).toEqual({ same: 0, judged: 100, byStatus: 0, wrong: 17, complaints: ['it is wrong'] });
  });

  it('keeps no more than it may for later, and says how many it did not look at', async () => {
    let seen = 0;
    const server = answering((_request, response) => response.end(`${(seen += 1)} ${'x'.repeat(512 * 1024)}`));
    const { verification } = await runLoad(
      await optionsFor(server, { arrivals: constantArrivals(100, 0.6), wholePerSecond: 0 }),
    );
    expect(verification).toMatchObject({ judged: 32 + 15, byStatus: 60 - 32 - 15, wrong: 0 });
  });

  it('goes on when connections are closed after each answer, or broken', async () => {
    const closing = answering((_request, response) => response.setHeader('connection', 'close').end('x'));
    expect(await runLoad(await optionsFor(closing))).toMatchObject({ answered: 100, errors: { reset: 0 } });
    let seen = 0;
    const breaking = answering((_request, response) => {
      seen += 1;
      if (seen % 4 === 0) response.socket?.destroy();
      else response.end('x');
    });
    expect(await runLoad(await optionsFor(breaking))).toMatchObject({ answered: 75, errors: { reset: 25 } });
  });

  it('names what is not HTTP, and a door that is shut', async () => {
    const strange = createSocketServer((socket) => socket.on('data', () => socket.write('hello, who is there?\r\n')));
    const result = await runLoad(await optionsFor(strange, { arrivals: constantArrivals(20, 0.5) }));
    expect(result).toMatchObject({ answered: 0, errors: { protocol: 10 } });
    const shut = await optionsFor(createSocketServer(), { arrivals: constantArrivals(20, 0.2), sendUntilMs: 600 });
    servers.pop()?.close();
    const refused = await runLoad(shut);
    expect(refused.answered).toBe(0);
    expect(refused.errors.refused + refused.missed).toBe(4);
    expect(refused.firstError).toContain('ECONNREFUSED');
  });

  it('sends a burst for as long as it may, and misses the rest', async () => {
    const result = await runLoad(
      await optionsFor(
        answering((_request, response) => response.end('x')),
        { arrivals: burstArrivals(1_000_000), sendUntilMs: 200 },
      ),
    );
    expect(result.sent).toBeGreaterThan(10);
    expect(result.sent + result.missed).toBe(1_000_000);
    expect(result.answered).toBe(result.sent);
  });

  it('says when it could not keep to the schedule itself', async () => {
    const options = await optionsFor(answering((_request, response) => response.end('x')));
    const block = setInterval(() => {
      const from = performance.now();
      while (performance.now() - from < 60);
    }, 70);
    try {
      expect((await runLoad(options)).effort.limit).toMatch(/^the load generator (sent requests|stood still)/);
    } finally {
      clearInterval(block);
    }
  });

  it('ends at once when it is stopped', async () => {
    const options = await optionsFor(answering((_request, response) => response.end('x')));
    await expect(runLoad({ ...options, signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    const stop = new AbortController();
    const hanging = runLoad({ ...options, connect: () => new Promise(() => {}), signal: stop.signal });
    stop.abort();
    await expect(hanging).rejects.toThrow(/abort/i);
  });

  it('lets no server that serves one connection after the other wait for an idle one', async () => {
    const waiting: Socket[] = [];
    let starved = 0;
    const server = createSocketServer((socket) => {
      let asked = false;
      waiting.push(socket);
      const next = (): void => {
        if (waiting[0] !== socket || !asked) return;
        socket.end('HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n');
        waiting.shift();
        waiting[0]?.emit('turn');
      };
      socket.on('turn', next);
      socket.on('error', () => undefined);
      socket.on('data', () => {
        asked = true;
        if (waiting[0] !== socket) starved += 1;
        next();
      });
    });
    const options = await optionsFor(server, { arrivals: constantArrivals(50, 0.4), connections: 8 });
    expect(await runLoad(options)).toMatchObject({ answered: 20 });
    // On a busy machine some requests are due at once.
    expect(starved).toBeLessThan(5);
  });

  it.each<[string, (turn: number) => boolean]>([
    ['the later ones', (turn) => turn > 1],
    ['the first one', (turn) => turn === 1],
  ])('does not wait for connections that nobody takes: %s', async (_which, hangs) => {
    const options = await optionsFor(answering((_request, response) => response.end('x')));
    let opened = 0;
    const connectSome = (): Promise<Duplex> => (hangs((opened += 1)) ? new Promise(() => {}) : options.connect());
    const result = await runLoad({ ...options, arrivals: burstArrivals(20), connect: connectSome });
    expect(result).toMatchObject({ answered: 20, missed: 0 });
    expect(opened).toBeGreaterThan(1);
  });
});

describe('stepsToKnee', () => {
  // On a busy machine the answer may be, rightly, that the machine was the limit.
  it('stops at the rate that the backend does not sustain', { retry: 3 }, async () => {
    // One request at a time, each 20 ms: 50 in a second.
    let free = 0;
    const server = answering((_request, response) => {
      free = Math.max(free, performance.now()) + 20;
      setTimeout(() => response.end('x'), free - performance.now());
    });
    const { arrivals: _, ...options } = await optionsFor(server, { timeoutMs: 5000 });
    const random = { next: () => 1 - Math.exp(-1) };
    const knee = await stepsToKnee({ ...options, firstRate: 10, factor: 16, steps: 3, secondsPerStep: 1, random });
    expect(knee.ended).toBe('knee');
    expect(knee.rate).toBe(10);
    // A step that is not sustained is tried again: the machine may have done something else.
    expect(knee.steps.map(({ sustained }) => sustained)).toEqual([true, false, false]);
    // A quarter of the second step is a ramp, from 10 to 160 requests/s.
    expect(knee.steps.map(({ result }) => result.planned)).toEqual([9, 140, 140]);
  });

  it('takes a step for sustained that was so the second time', { retry: 3 }, async () => {
    let seen = 0;
    const server = answering((_request, response) => {
      seen += 1;
      setTimeout(() => response.end('x'), seen < 13 ? 400 : 1);
    });
    const { arrivals: _, ...options } = await optionsFor(server, { timeoutMs: 5000 });
    const random = { next: () => 1 - Math.exp(-1) };
    const knee = await stepsToKnee({ ...options, firstRate: 40, factor: 2, steps: 1, secondsPerStep: 1, random });
    if (knee.ended === 'own-limit') return;
    expect(knee).toMatchObject({ ended: 'last-step', rate: 40 });
    expect(knee.steps.map(({ sustained }) => sustained)).toEqual([false, true]);
  });
});
