import { Server, type Socket } from 'node:net';
import type { Request, SupervisorMessage, SupervisorSettings } from '../protocol.ts';
import { closeInheritedFiles } from './inherited-files.ts';
import { connectTo, listenOn } from './doors.ts';
import { killTree } from './kill-tree.ts';
import { findListeners } from './listeners.ts';
import { preparePrivateFiles } from './private-files.ts';
import { isolatedTree, plainTree } from './process-tree.ts';
import { awaitReadiness } from './readiness.ts';
import { RunningCommand } from './running-command.ts';
import { watch } from './watchdog.ts';

/*
 * The first process of a sandbox, and the only one in it that is ours. It starts the backend, each time in a PID and mount namespace that the
 * backend cannot look out of, opens connections on the loopback that both share, and hands them to Assay.
 */
closeInheritedFiles();
const settings = JSON.parse(process.argv[2] ?? '{}') as SupervisorSettings;
const tree = settings.isolated ? isolatedTree() : plainTree(settings.marker);
let running: RunningCommand | null = null;
let stopWatching: () => void = () => {};

function tell(message: SupervisorMessage, handle?: Server | Socket, sent?: () => void): void {
  // Assay may be gone: then so are we, in a moment.
  if (process.connected) process.send?.(message, handle, {}, () => sent?.());
}

async function killBackend(): Promise<void> {
  const gone = await killTree(tree, running?.init ?? null);
  if (running !== null) await running.ended;
  stopWatching();
  if (!gone) throw new Error('Some processes of the backend could not be killed.');
}

async function answer(request: Request): Promise<{ readonly value?: unknown; readonly handle?: Server | Socket }> {
  switch (request.ask) {
    case 'prepare':
      preparePrivateFiles(request, settings);
      return {};
    case 'listen':
      return { handle: await listenOn(request.port) };
    case 'connect':
      return { handle: await connectTo(request.port) };
    case 'start': {
      if (running !== null) await killBackend();
      const started = await RunningCommand.start(request.command, settings.privateFolder, tree, tell);
      running = started;
      stopWatching();
      stopWatching = watch({
        tree,
        limits: settings.limits,
        disk: settings.isolated ? settings.privateFolder : null,
        emit: tell,
        kill: () => void killTree(tree, started.init),
      });
      return {};
    }
    case 'await-ready': {
      const ignored = new Set(request.ignorePorts);
      const value = await awaitReadiness({
        port: request.port,
        timeoutMs: request.timeoutMs,
        ended: () => {
          if (running === null) return Promise.resolve({ code: null, signal: 'SIGKILL', survivors: 0 });
          return running.exited ? running.ended : null;
        },
        listeners: () =>
          findListeners(settings.isolated ? null : tree.rows().map(({ pid }) => pid)).filter(
            ({ port }) => !ignored.has(port),
          ),
        cpuSeconds: () => tree.cpuSeconds(),
      });
      return { value };
    }
    case 'await-end':
      return { value: await endWithin(request.timeoutMs) };
    case 'signal':
      return { value: running?.signal(request.signal) ?? false };
    case 'inspect':
      return { value: running?.inspect() ?? false };
    case 'kill':
      await killBackend();
      return { value: tree.cpuSeconds() };
    default:
      return request satisfies never;
  }
}

/** The ending, or null when it still runs after that time. */
function endWithin(timeoutMs: number): Promise<unknown> {
  if (running === null) return Promise.resolve(null);
  const { ended } = running;
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), timeoutMs);
    void ended.then((ending) => {
      clearTimeout(timer);
      resolve(ending);
    });
  });
}

process.on('message', async (message: { readonly id: number; readonly request: Request }) => {
  try {
    const { value = null, handle } = await answer(message.request);
    // Our copy of a listening server has to close, or connections would come to it as well.
    tell({ reply: message.id, value }, handle, () => handle instanceof Server && handle.close());
  } catch (error) {
    const { code = 'UNKNOWN', message: text } = error as NodeJS.ErrnoException;
    tell({ reply: message.id, error: { code, message: text } });
  }
});
process.once('disconnect', async () => {
  await killBackend().catch(() => {});
  process.exit();
});
// Ctrl-C in a terminal is for Assay to deal with; it tells us what follows from it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
tell({ event: 'up' });
