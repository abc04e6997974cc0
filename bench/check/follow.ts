import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { CheckResult, RunEvent } from '@assay/contract';

/** What is told of checks, and how the run ended; all else a run tells is not even parsed, for that would be time taken from the run. */
export interface Followed {
  readonly checkEnded: (result: CheckResult) => void;
  readonly runEnded: (verdict: string) => void;
}

/** Reads the events of a run (`--format ndjson`) until there are no more. A line may come in as many pieces as it likes. */
export async function follow(events: Readable, { checkEnded, runEnded }: Followed): Promise<void> {
  const lines = createInterface(events);
  const closed = once(lines, 'close');
  lines.on('line', (line) => {
    if (!/"type":"(?:check|run)-ended"/.test(line)) return;
    const event = JSON.parse(line) as RunEvent;
    if (event.type === 'check-ended') checkEnded(event.result);
    if (event.type === 'run-ended') runEnded(event.verdict);
  });
  await closed;
}
