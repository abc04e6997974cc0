import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Ending, Listener, Readiness } from '../protocol.ts';

export interface ReadinessContext {
  readonly port: number;
  readonly timeoutMs: number;
  /** Not null from the moment that its main process has exited; resolves when all is known of its end. */
  readonly ended: () => Promise<Ending> | null;
  /** What the backend listens on. */
  readonly listeners: () => readonly Listener[];
  /** CPU time it has used so far. */
  readonly cpuSeconds: () => number;
}

/** A backend that listens in the wrong place and has nothing more to do for this long will not come to the right one. */
const settleMs = 3_000;
/** One that accepts connections and says nothing may be loading behind its open port; after this long it is taken as it is. */
const silenceMs = 10_000;

/** Polls until something answers on 127.0.0.1:port, or it is clear that nothing will. */
export async function awaitReadiness(context: ReadinessContext): Promise<Readiness> {
  const startedAt = performance.now();
  const elapsed = (): number => performance.now() - startedAt;
  let wrong: { since: number; cpuSeconds: number } | null = null;
  let closedAtOnce = 0;
  let lookedAt = 0;

  while (elapsed() < context.timeoutMs) {
    const ended = context.ended();
    if (ended !== null) return { state: 'ended', ending: await ended };
    const answer = await ask(
      context.port,
      Math.min(silenceMs, Math.max(1, context.timeoutMs - elapsed())),
      () => context.ended() !== null,
    );
    // Closed without a byte: an application server whose workers are not up yet does that; so may, for good, what is no HTTP server.
    if (answer === 'bytes' || answer === 'silence' || (answer === 'closed' && ++closedAtOnce > 20)) {
      // What the start command left in the background may be the one that answers.
      const left = context.ended();
      return left === null ? { state: 'ready' } : { state: 'ended', ending: await left };
    }
    if (answer === 'refused' && elapsed() - lookedAt > 100) {
      lookedAt = elapsed();
      const verdict = misplaced(context.listeners(), context.port);
      if (verdict === null) wrong = null;
      else {
        const cpuSeconds = context.cpuSeconds();
        if (wrong === null || cpuSeconds - wrong.cpuSeconds > 0.3) wrong = { since: elapsed(), cpuSeconds };
        else if (elapsed() - wrong.since > settleMs) return verdict;
      }
    }
    // Looking takes CPU time from what is starting: the longer it takes, the less a little more matters.
    await pause(Math.min(10, 2 + elapsed() / 50));
  }
  const listeners = context.listeners();
  return misplaced(listeners, context.port) ?? { state: 'timeout', listeners };
}

/** Listening, but not where it was told to. */
export function misplaced(listeners: readonly Listener[], port: number): Readiness | null {
  const here = listeners.filter((listener) => listener.port === port);
  if (here.length > 0)
    return here.every(({ family }) => family === 'ipv6') ? { state: 'only-ipv6', listeners: here } : null;
  return listeners.length > 0 ? { state: 'wrong-port', listeners } : null;
}

type Answer = 'refused' | 'bytes' | 'closed' | 'silence';

function ask(port: number, patienceMs: number, isOver: () => boolean): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let connected = false;
    const finish = (answer: Answer): void => {
      clearTimeout(timer);
      clearInterval(watch);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => finish(connected ? 'silence' : 'refused'), patienceMs);
    const watch = setInterval(() => isOver() && finish('closed'), 50);
    socket.once('connect', () => {
      connected = true;
      socket.write(
        `GET /.well-known/assay-ready HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUser-Agent: assay-readiness\r\nAccept: */*\r\nConnection: close\r\n\r\n`,
      );
    });
    socket.once('data', () => finish('bytes'));
    socket.once('error', () => finish(connected ? 'closed' : 'refused'));
    socket.once('close', () => finish(connected ? 'closed' : 'refused'));
  });
}
