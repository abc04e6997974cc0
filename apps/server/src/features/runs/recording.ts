import type { Recording, RunEvent } from '@assay/contract';

/** So many exchanges and statements go into a page. */
const most = 5000;

/** What a run recorded, from its events. */
export function recordingOf(events: readonly RunEvent[]): Recording {
  return {
    exchanges: events.flatMap((event) => (event.type === 'exchange' ? [event.exchange] : [])).slice(0, most),
    statements: events
      .flatMap((event) =>
        event.type === 'statement' ? [{ ...event.statement, instance: event.instance, exchange: event.exchange }] : [],
      )
      .slice(0, most),
    usage: events.flatMap((event) => (event.type === 'usage' && event.instance === 'i-1' ? [event.sample] : [])),
  };
}
