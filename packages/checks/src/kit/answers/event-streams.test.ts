import { expect, it } from 'vitest';
import { exploration } from '../exploration/explore.ts';
import { failing } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { streamsEvents } from './event-streams.ts';

const events = contractOf({
  '/events': {
    get: {
      operationId: 'listen',
      parameters: [{ name: 'topic', in: 'query', schema: { type: 'string', maxLength: 9 } }],
      responses: { 200: { description: 'ok', content: { 'text/event-stream': { schema: { type: 'string' } } } } },
    },
  },
});

async function listenedTo(change: 'cut' | 'silent' | 'ended') {
  const backend = scripted(() => [200]);
  const waits: (number | undefined)[] = [];
  const send: typeof backend.send = async (request, options) => {
    waits.push(options?.timeoutMs);
    const exchange = await backend.send(request);
    if (change === 'silent') return failing(exchange, 'timeout');
    const headers = [['Content-Type', 'text/event-stream']] as const;
    const body = { text: 'data: 1\n\n', ...(change === 'cut' ? { truncatedFrom: 9 } : {}) };
    return { ...exchange, response: { status: 200, reason: '', headers, body } };
  };
  const { probes } = await exploration(contextOf(events, { ...backend, send }));
  return { waits, valid: probes.filter(({ intent }) => intent.kind === 'valid').length, all: probes.length };
}

it('listens to a few streams of each sort, and not for long', async () => {
  const ended = await listenedTo('ended');
  expect(ended.valid).toBeGreaterThan(4);
  for (const change of ['cut', 'silent'] as const) {
    const { waits, valid, all } = await listenedTo(change);
    expect(valid).toBe(4);
    expect(all).toBeGreaterThan(4);
    expect(waits.every((wait) => wait !== undefined && wait <= 5000)).toBe(true);
  }
});

it('knows streams by their media type', () => {
  const streaming = (mediaType: string): boolean => {
    const responses = { 200: { description: 'ok', content: { [mediaType]: {} } } };
    const [operation] = contractOf({ '/prices': { get: { responses } } }).operations;
    return operation !== undefined && streamsEvents(operation);
  };
  for (const type of ['text/event-stream', 'application/x-ndjson', 'application/stream+json', 'application/json-seq'])
    expect(streaming(type)).toBe(true);
  for (const type of ['application/json', 'text/plain', 'application/vnd.api+json'])
    expect(streaming(type)).toBe(false);
});
