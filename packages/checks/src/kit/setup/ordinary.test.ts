import { afterEach, describe, expect, it, vi } from 'vitest';
import { exchangeOf, failing, todo } from '../testing/recordings-for-tests.ts';
import { type Answer, contextOf, scripted } from '../testing/scripted-for-tests.ts';
import { isServed, ordinaryRequests, recovery } from './ordinary.ts';
import { Setup } from './setup.ts';

const answers = (line: string): Answer => {
  if (line.startsWith('POST')) return [201, { id: 1 }, { location: '/todos/1' }];
  return line === 'GET /tags' ? [500] : [200, { items: [], next: null }];
};

describe('ordinary requests', () => {
  it('are those that succeed now', async () => {
    const context = contextOf(todo, scripted(answers));
    const { requests, before } = await ordinaryRequests(context, new Setup(context));
    expect(requests.map(({ target }) => target)).toEqual(['/todos/1', '/todos']);
    expect(before).toHaveLength(2);
  });

  it('are served by whatever is not an error of the server', () => {
    expect(isServed(exchangeOf('GET /x', 404))).toBe(true);
    expect(isServed(exchangeOf('GET /x', 503))).toBe(false);
    expect(isServed(failing(exchangeOf('GET /x', 200), 'reset'))).toBe(false);
  });
});

describe('recovery', () => {
  afterEach(() => vi.restoreAllMocks());

  it('is over after four rounds without a failure, and counts those before', async () => {
    let asked = 0;
    const instance = scripted(() => ((asked += 1) <= 2 ? [503] : [200]));
    const after = await recovery(contextOf(todo, instance), instance, [{ method: 'GET', target: '/todos' }]);
    expect(after).toMatchObject({ recovered: true, failed: 2, sent: 30, cutShort: false });
    expect(after.last?.response?.status).toBe(503);
  });

  it('notices the one process of several that does not serve and is asked seldom', async () => {
    let asked = 0;
    const instance = scripted(() => ((asked += 1) % 20 === 0 ? [503] : [200]));
    vi.spyOn(performance, 'now').mockImplementation(() => asked * 100);
    const after = await recovery(contextOf(todo, instance), instance, [{ method: 'GET', target: '/todos' }]);
    expect(after.recovered).toBe(false);
  });

  it('gives a backend the time that it asks for, once', async () => {
    let clock = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => clock);
    const requests = [{ method: 'GET', target: '/todos' }];
    const servesAfter = async (ms: number) => {
      clock = 0;
      const instance = scripted(() => ((clock += 1000) < ms ? [503, {}, { 'retry-after': '25' }] : [200]));
      return (await recovery(contextOf(todo, instance), instance, requests)).recovered;
    };
    expect(await servesAfter(24_000)).toBe(true);
    expect(await servesAfter(Infinity)).toBe(false);
  });

  it('waits for a date, and for a circuit breaker that says nothing, but not for what is broken', async () => {
    const began = Date.parse('2025-12-05T10:00:00Z');
    let clock = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => clock);
    vi.spyOn(Date, 'now').mockImplementation(() => began + clock);
    const after = async (ms: number, refusal: Answer) => {
      clock = 0;
      const instance = scripted(() => ((clock += 1000) < ms ? refusal : [200]));
      const { recovered, givenMs } = await recovery(contextOf(todo, instance), instance, [
        { method: 'GET', target: '/todos' },
      ]);
      return [recovered, givenMs];
    };
    const dated = { 'retry-after': 'Fri, 05 Dec 2025 10:00:38 GMT' };
    expect(await after(31_000, [503])).toEqual([true, 35_000]);
    expect(await after(40_000, [503])).toEqual([false, 35_000]);
    expect(await after(40_000, [503, {}, dated])).toEqual([true, 43_000]);
    expect(await after(31_000, [500])).toEqual([false, 20_000]);
    expect(await after(31_000, [503, {}, { 'retry-after': 'soon' }])).toEqual([true, 35_000]);
  });

  it('does not blame a backend when the time of the check is up', async () => {
    const instance = scripted(() => [503]);
    const context = contextOf(todo, instance, { signal: AbortSignal.abort() });
    expect(await recovery(context, instance, [{ method: 'GET', target: '/todos' }])).toMatchObject({
      recovered: false,
      cutShort: true,
    });
  });
});
