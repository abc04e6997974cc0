import { createInterface } from 'node:readline';

/** A person at a terminal, or lines from a pipe. */
export interface Console {
  /** The text must be safe for a terminal. */
  write(text: string): void;
  /** One line without its end; null when nothing more will come. */
  line(question: string): Promise<string | null>;
  close(): void;
}

export function openConsole(signal: AbortSignal): Console {
  const lines = createInterface({
    input: process.stdin,
    output: process.stdin.isTTY ? process.stderr : undefined,
    terminal: process.stdin.isTTY,
  });
  const waiting: string[] = [];
  let wanted: ((line: string | null) => void) | null = null;
  let ended = false;
  const give = (line: string | null): void => {
    const take = wanted;
    wanted = null;
    if (take !== null) take(line);
    else if (line !== null) waiting.push(line);
  };
  lines.on('line', give);
  lines.on('close', () => {
    ended = true;
    give(null);
  });
  // While lines are read, the terminal gives Ctrl-C to them.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  signal.addEventListener('abort', () => lines.close(), { once: true });
  return {
    write: (text) => process.stdout.write(text),
    line(question) {
      if (process.stdin.isTTY) lines.setPrompt(question);
      if (process.stdin.isTTY) lines.prompt();
      else process.stdout.write(question);
      const [next] = waiting.splice(0, 1);
      if (next !== undefined) return Promise.resolve(next);
      if (ended) return Promise.resolve(null);
      return new Promise((resolve) => {
        wanted = resolve;
      });
    },
    close: () => lines.close(),
  };
}
