import { EventStreamParser, type StreamMessage } from './event-stream.ts';

/** How the stream is doing: `lost` when the server cannot be reached, and it is being tried again. */
export type FollowState = 'connecting' | 'open' | 'lost' | 'ended' | 'refused';

export interface FollowOptions {
  readonly url: string;
  /** Sent with each request, and made anew for it. */
  readonly headers?: () => Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Messages in order, each once; several at a time where they came together. */
  readonly onMessages: (messages: readonly StreamMessage[]) => void;
  readonly onState: (state: FollowState) => void;
  /** The id of the last message that is known already. */
  readonly after?: string;
  /** When nothing has come for so long the connection counts as dead. The server sends a comment more often than that. */
  readonly silenceMs?: number;
  /** Waits before the first, second … new try; the last one repeats. */
  readonly waitsMs?: readonly number[];
}

/** The name of the message after which nothing will come. */
const endEvent = 'end';

/**
 * Follows a stream of server-sent events to its end, over lost connections and restarts of the server: it goes on after the last message seen
 * (`Last-Event-ID`). EventSource would do that, too, but tells neither a refusal from a lost connection nor notices a silent one.
 */
export async function follow(options: FollowOptions): Promise<void> {
  const { signal, onState, waitsMs = [250, 500, 1000, 2000] } = options;
  let last = options.after ?? '';
  let failures = 0;
  onState('connecting');
  while (!signal.aborted) {
    const outcome = await followOnce(
      options,
      last,
      () => {
        failures = 0;
        onState('open');
      },
      (id) => (last = id),
    );
    if (signal.aborted) return;
    if (outcome !== 'lost') return onState(outcome);
    onState('lost');
    await pause(waitsMs[Math.min(failures++, waitsMs.length - 1)] ?? 1000, signal);
  }
}

async function followOnce(
  { url, headers, signal, onMessages, silenceMs = 40_000 }: FollowOptions,
  last: string,
  onOpen: () => void,
  onId: (id: string) => void,
): Promise<'lost' | 'ended' | 'refused'> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), silenceMs);
  try {
    const response = await fetch(url, {
      headers: { accept: 'text/event-stream', ...headers?.(), ...(last === '' ? {} : { 'last-event-id': last }) },
      signal: AbortSignal.any([signal, silence.signal]),
      cache: 'no-store',
    });
    // 5xx: a server that is starting, or in trouble; it may well come back.
    if (response.status >= 500) return 'lost';
    // There is nothing after what was read already.
    if (response.status === 204) return 'ended';
    if (!response.ok || response.body === null) return 'refused';
    onOpen();
    const parser = new EventStreamParser();
    const decoder = new TextDecoder();
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return 'lost';
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), silenceMs);
      const messages = parser.push(decoder.decode(value, { stream: true }));
      if (messages.length === 0) continue;
      onId(messages.at(-1)?.id ?? last);
      onMessages(messages);
      if (messages.some(({ event }) => event === endEvent)) return 'ended';
    }
  } catch {
    // Refused, reset, silent or aborted: the caller tells the last from the others.
    return 'lost';
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      globalThis.removeEventListener?.('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    globalThis.addEventListener?.('online', done);
  });
}
