import type { LiveEvent } from './live-run.ts';

/** The event in a message's data; null for what is none, such as the words of the stream itself. */
export function parseEvent(data: string): LiveEvent | null {
  try {
    const value: unknown = JSON.parse(data);
    return isEvent(value) ? value : null;
  } catch {
    return null;
  }
}

/** Our own server wrote it as a `RunEvent`; what is held here is that it is one at all. */
function isEvent(value: unknown): value is LiveEvent {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    'sequence' in value &&
    typeof value.sequence === 'number' &&
    'at' in value &&
    typeof value.at === 'number'
  );
}
