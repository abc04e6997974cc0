import type { RecordedResponse } from '@assay/contract';
import type { KnownResponse } from './connection.ts';
import type { PreparedRequest } from './prepared-request.ts';
import type { ResponseParser } from './response-parser.ts';

/** Says what is wrong with a response, or null. Called for whole responses, as rarely as the verification can. */
export type Judge = (request: PreparedRequest, response: RecordedResponse) => string | null;

export interface VerificationCounts {
  /** Byte for byte the response, or its body with its status, that was judged right before for the same request. */
  readonly same: number;
  /** Judged whole, while the load went on or when it was over. */
  readonly judged: number;
  /** Status known to be right and a length that is not surprising; its content was not looked at: there were more than could be kept or judged. */
  readonly byStatus: number;
  readonly wrong: number;
  /** The first of each kind. */
  readonly complaints: readonly string[];
}

interface Response {
  readonly status: number;
  readonly headLines: readonly string[];
  readonly body: Buffer;
}

/** How much is kept to be judged when the load is over, in bytes of bodies; and how long judging it may take. */
const bounds = { bytes: 8 * 1024 * 1024, milliseconds: 200 };
const mostComplaints = 8;

/**
 * Every response is checked, and cheaply: first against the one that was last judged right for the same request, byte for byte; a body that differs is
 * judged whole for as long as the run has time for it (`wholePerSecond`). Beyond that its status is looked at, and whether there is a body at all; the
 * rest is kept, and judged when the load is over and judging takes nothing from it.
 */
export class Verification {
  readonly #judge: Judge;
  readonly #perSecond: number;
  readonly #right = new Map<PreparedRequest, { readonly body: Buffer; readonly statuses: Set<number> }>();
  readonly #known = new Map<PreparedRequest, KnownResponse>();
  readonly #complaints = new Map<string, string>();
  readonly #kept: { readonly request: PreparedRequest; readonly response: Response }[] = [];
  #keptBytes = 0;
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
    const response = { status, headLines: parser.headLines(), body: parser.body() };
    if (known && !afforded && (parser.bodyBytes === 0) === (right?.body.length === 0))
      return this.#keep(request, response);
    if (!this.#isRight(request, response)) return;
    this.#right.set(request, { body: response.body, statuses: (right?.statuses ?? new Set<number>()).add(status) });
    this.#remember(request, parser);
  }

  /** Judges what was kept. To be called when the load is over. */
  settle(withinMs = bounds.milliseconds): void {
    const until = performance.now() + withinMs;
    for (const { request, response } of this.#kept.splice(0))
      if (performance.now() < until) this.#isRight(request, response);
      else this.#counts.byStatus += 1;
  }

  #keep(request: PreparedRequest, response: Response): void {
    this.#keptBytes += response.body.length;
    if (this.#keptBytes <= bounds.bytes) this.#kept.push({ request, response });
    else this.#counts.byStatus += 1;
  }

  #isRight(request: PreparedRequest, response: Response): boolean {
    this.#counts.judged += 1;
    const complaint = this.#judge(request, recorded(response));
    if (complaint === null) return true;
    this.#counts.wrong += 1;
    if (this.#complaints.size < mostComplaints)
      this.#complaints.set(`${request.spec.operation ?? ''} ${response.status}`, complaint);
    return false;
  }

  #remember(request: PreparedRequest, { onePiece, keepAlive, status }: ResponseParser): void {
    if (onePiece !== null && keepAlive) this.#known.set(request, { bytes: onePiece, status });
  }

  counts(): VerificationCounts {
    return { ...this.#counts, complaints: [...this.#complaints.values()] };
  }
}

function recorded({ status, headLines, body }: Response): RecordedResponse {
  const [first = '', ...fields] = headLines;
  const text = body.toString('utf8');
  return {
    status,
    reason: first.slice(13),
    headers: fields.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
    }),
    body: Buffer.from(text, 'utf8').equals(body) ? { text } : { base64: body.toString('base64') },
  };
}
