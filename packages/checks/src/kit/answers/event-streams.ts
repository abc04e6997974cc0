import {
  encodeRequest,
  type Exchange,
  type Instance,
  mediaTypeName,
  type Operation,
  type RequestCase,
  responseHeaderOf,
} from '@assay/contract';

/** How long the first event is waited for. A backend may send nothing, not even a status, before there is one. */
const firstEventMs = 3000;
/** So many streams tell what they are; each more would be listened to for seconds. */
const enough = 4;

/** One event after the other, or one line of JSON, one picture. */
const streams =
  /^(text\/event-stream|application\/(x-)?(ndjson|jsonl|json-seq|json-lines|stream\+json)|multipart\/x-mixed-replace)$/;

/** Whether an operation answers with a stream of events, which need not end, nor begin before something happens. */
export function streamsEvents({ responses }: Operation): boolean {
  return responses.some(
    ({ status, content }) =>
      status.startsWith('2') && content.some(({ mediaType }) => streams.test(mediaTypeName(mediaType))),
  );
}

/** Sends a request of an operation, and does not wait long for events. */
export function asked(instance: Instance, operation: Operation, request: RequestCase): Promise<Exchange> {
  return instance.send(encodeRequest(operation, request), streamsEvents(operation) ? { timeoutMs: firstEventMs } : {});
}

/** Counts the streams of an operation that were listened to, for each sort of request. */
export class StreamsHeard {
  readonly #mayWait: boolean;
  readonly #heard = new Map<string, number>();

  constructor(operation: Operation) {
    this.#mayWait = streamsEvents(operation);
  }

  areEnough(sort: string): boolean {
    return (this.#heard.get(sort) ?? 0) >= enough;
  }

  note(sort: string, exchange: Exchange): void {
    if (isOpenStream(exchange) || (this.#mayWait && exchange.error?.kind === 'timeout'))
      this.#heard.set(sort, (this.#heard.get(sort) ?? 0) + 1);
  }
}

/** The client left it while it still came. */
function isOpenStream(exchange: Exchange): boolean {
  return (
    exchange.response?.body.truncatedFrom !== undefined &&
    /^text\/event-stream\b/i.test(responseHeaderOf(exchange, 'content-type') ?? '')
  );
}
