import type { LiveServer } from './live-server.ts';

/** One server-sent event. */
export interface Sent {
  readonly id: string | null;
  readonly event: string;
  readonly data: string;
}

/** Reads a stream of events to its end. */
export async function readStream(
  server: LiveServer,
  target: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<readonly Sent[]> {
  const { text } = await server.ask('GET', target, undefined, headers);
  return text
    .split('\n\n')
    .filter((block) => block !== '' && !block.startsWith(':'))
    .map((block) => {
      const field = (name: string): string | null =>
        block
          .split('\n')
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2) ?? null;
      return { id: field('id'), event: field('event') ?? '', data: field('data') ?? '' };
    });
}
