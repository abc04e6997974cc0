import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request, WebSocket } from 'undici';

/** Where Node.js listens once SIGUSR1 has opened its inspector. */
export const inspectorPort = 9229;
/** It is opened within milliseconds; a heap of a gigabyte is gone through within seconds. */
const [opensWithinMs, endsWithinMs] = [2000, 5000];
/** What a backend may say there. */
const mostBytes = 1024 * 1024;

/**
 * Has Node.js throw away all that nothing refers to, through its inspector: a heap grows for a long time before it does so by itself. Resolves with false
 * where it does not.
 * @param connect opens a connection to the inspector's port, and nobody else's
 */
export async function collectGarbage(connect: () => Promise<Socket>): Promise<boolean> {
  const ending = AbortSignal.timeout(opensWithinMs + endsWithinMs);
  const sockets = new Set<Socket>();
  const agent = new Agent({
    connect: (_options, callback) => {
      void untilOpen(connect, ending).then(
        (socket) => {
          sockets.add(socket);
          callback(null, socket);
        },
        (error: Error) => callback(error, null),
      );
    },
  });
  const watching = setInterval(() => {
    for (const socket of sockets) if (socket.bytesRead > mostBytes) socket.destroy();
  }, 50);
  try {
    const url = await debuggerUrl(agent, ending);
    return url !== null && (await collected(url, agent, ending));
  } catch {
    return false;
  } finally {
    clearInterval(watching);
    await agent.destroy();
    for (const socket of sockets) socket.destroy();
  }
}

async function untilOpen(connect: () => Promise<Socket>, ending: AbortSignal): Promise<Socket> {
  const deadline = performance.now() + opensWithinMs;
  for (;;) {
    try {
      return await connect();
    } catch (error) {
      // Anything else than a closed port does not open.
      const isClosed = (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
      if (!isClosed || ending.aborted || performance.now() > deadline) throw error;
      await pause(20);
    }
  }
}

async function debuggerUrl(dispatcher: Agent, signal: AbortSignal): Promise<string | null> {
  const { body } = await request(`http://127.0.0.1:${inspectorPort}/json/list`, { dispatcher, signal });
  const targets: unknown = await body.json();
  const [first] = Array.isArray(targets) ? (targets as readonly { readonly webSocketDebuggerUrl?: unknown }[]) : [];
  const url = first?.webSocketDebuggerUrl;
  return typeof url === 'string' && url.startsWith(`ws://127.0.0.1:${inspectorPort}/`) ? url : null;
}

function collected(url: string, dispatcher: Agent, ending: AbortSignal): Promise<boolean> {
  const socket = new WebSocket(url, { dispatcher });
  const done = new Promise<boolean>((resolve) => {
    ending.addEventListener('abort', () => resolve(false), { once: true });
    socket.addEventListener('error', () => resolve(false));
    socket.addEventListener('close', () => resolve(false));
    socket.addEventListener('open', () =>
      socket.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' })),
    );
    socket.addEventListener('message', ({ data }) => {
      const answer = answerIn(String(data));
      if (answer !== null) resolve(answer);
    });
  });
  return done.finally(() => socket.close());
}

/** Whether it was done; null for what is no answer to what was asked. A backend may say anything there. */
function answerIn(text: string): boolean | null {
  try {
    const told: unknown = JSON.parse(text);
    const isOurs = typeof told === 'object' && told !== null && 'id' in told && told.id === 1;
    return isOurs ? !('error' in told) : null;
  } catch {
    return null;
  }
}
