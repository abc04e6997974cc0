import type { RecordedResponse } from '@assay/contract';
import type { KnownResponse } from './connection.ts';
import type { PreparedRequest } from './prepared-request.ts';
import type { ResponseParser } from './response-parser.ts';

/** Says what is wrong with a response, or null. Called for whole responses, as rarely as the verification can. */
export type Judge = (request: PreparedRequest, response: RecordedResponse) => string | null;

export interface VerificationCounts {
  /** Byte for byte the response, or its body with its status, that was judged right before for the same request. */
  readonly same: number;
  /** Judged whole. */
  readonly judged: number;
  /** Status known to be right and a length that is not surprising; its content was not looked at, since judging each would cost more than sending it. */
  readonly byStatus: number;
  readonly wrong: number;
  /** The first of each kind. */
  readonly complaints: readonly string[];
}

const mostComplaints = 8;

/**
 * Every response is checked, and cheaply: first against the one that was last judged right for the same request, byte for byte; a body that differs is
 * judged whole for as long as the run has time for it (`wholePerSecond`), and by its status and whether there is a body at all beyond that.
 */
export class Verification {
  readonly #judge: Judge;
  readonly #perSecond: number;
  readonly #right = new Map<PreparedRequest, { readonly body: Buffer; readonly statuses: Set<number> }>();
  readonly #known = new Map<PreparedRequest, KnownResponse>();
  readonly #complaints = new Map<string, string>();
  #counts = { same: 0, judged: 0, byStatus: 0, wrong: 0 };

  constructor(judge: Judge, wholePerSecond: number) {
    this.#judge = judge;
    this.#perSecond = wholePerSecond;
  }

  /** The last response to this request that was right, for a quick comparison. */
  knownTo(request: PreparedRequest): KnownResponse | undefined {
    return this.#known.get(request);
  }

  repeated(): void {
    this.#counts.same += 1;
  }

  /** @param elapsedMs since the start of the run */
  take(request: PreparedRequest, parser: ResponseParser, elapsedMs: number): void {
    const right = this.#right.get(request);
    const { status } = parser;
    const known = right?.statuses.has(status) === true;
    if (known && right !== undefined && parser.bodyEquals(right.body)) {
      this.#counts.same += 1;
      this.#remember(request, parser);
      return;
    }
    const afforded = this.#counts.judged < 32 + (this.#perSecond * elapsedMs) / 1000;
    if (known && !afforded && (parser.bodyBytes === 0) === (right?.body.length === 0)) {
      this.#counts.byStatus += 1;
      return;
    }
    this.#counts.judged += 1;
    const body = parser.body();
    const complaint = this.#judge(request, recorded(parser, body));
    if (complaint === null) {
      this.#right.set(request, { body, statuses: (right?.statuses ?? new Set<number>()).add(status) });
      this.#remember(request, parser);
    } else {
      this.#counts.wrong += 1;
      if (this.#complaints.size < mostComplaints)
        this.#complaints.set(`${request.spec.operation ?? ''} ${status}`, complaint);
    }
  }

  #remember(request: PreparedRequest, { onePiece, keepAlive, status }: ResponseParser): void {
    if (onePiece !== null && keepAlive) this.#known.set(request, { bytes: onePiece, status });
  }

  counts(): VerificationCounts {
    return { ...this.#counts, complaints: [...this.#complaints.values()] };
  }
}

function recorded(parser: ResponseParser, body: Buffer): RecordedResponse {
  const [first = '', ...fields] = parser.headLines();
  const text = body.toString('utf8');
  return {
    status: parser.status,
    reason: first.slice(13),
    headers: fields.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
    }),
    body: Buffer.from(text, 'utf8').equals(body) ? { text } : { base64: body.toString('base64') },
  };
}
