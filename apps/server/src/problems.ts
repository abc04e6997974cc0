import { Fault, type FaultCode } from '@assay/contract';

/** One row of the table of problems: every error that the API answers with (RFC 9457). */
interface ProblemRow {
  readonly status: number;
  readonly title: string;
  readonly fix: string;
}

export const problems = {
  'malformed-request': {
    status: 400,
    title: 'The request cannot be read',
    fix: 'Send what the API description asks for.',
  },
  'invalid-request': {
    status: 400,
    title: 'The request does not fit the API description',
    fix: 'Correct what `errors` names.',
  },
  'invalid-cursor': { status: 400, title: 'The cursor is none of ours', fix: 'Begin again without a cursor.' },
  unauthenticated: {
    status: 401,
    title: 'A token is needed',
    fix: 'Open the address that `assay start` printed, or send the token as a bearer token.',
  },
  'wrong-token': { status: 401, title: 'The token is wrong', fix: 'Open the address that `assay start` printed.' },
  'foreign-host': {
    status: 421,
    title: 'The Host field names another machine',
    fix: 'Use http://127.0.0.1 with the port that `assay start` printed.',
  },
  'foreign-origin': {
    status: 403,
    title: 'The request comes from another site',
    fix: 'Send it from the page of Assay itself.',
  },
  'not-found': { status: 404, title: 'There is no such thing', fix: 'Look at the list that it should stand in.' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here', fix: 'Use one that `Allow` names.' },
  'not-acceptable': { status: 406, title: 'It cannot be sent in that form', fix: 'Accept application/json.' },
  conflict: { status: 409, title: 'That does not go with how things stand', fix: 'Look at it again.' },
  'too-large': { status: 413, title: 'The request is too large', fix: 'Send at most one megabyte.' },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is in a form not known here',
    fix: 'Send application/json.',
  },
  unprocessable: { status: 422, title: 'What is asked for cannot be done', fix: 'Correct what `detail` names.' },
  'too-many-requests': { status: 429, title: 'Too many wrong tokens', fix: 'Wait a minute.' },
  internal: { status: 500, title: 'Assay itself failed', fix: 'Try again; the log of `assay start` tells more.' },
  unavailable: {
    status: 503,
    title: 'The database cannot be reached',
    fix: 'Try again in a moment; it is being started again.',
  },
} as const satisfies Record<string, ProblemRow>;

export type ProblemCode = keyof typeof problems;

export interface ProblemError {
  /** JSON Pointer into the body, or the name of a parameter. */
  readonly pointer: string;
  readonly message: string;
}

export interface ProblemOptions {
  readonly fix?: string;
  readonly errors?: readonly ProblemError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown anywhere below a route: answered as problem details. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly options: ProblemOptions;

  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(detail);
    this.name = 'Problem';
    this.code = code;
    this.options = options;
  }

  get status(): number {
    return problems[this.code].status;
  }

  /** The body that is sent. */
  get body(): ProblemBody {
    const { status, title, fix } = problems[this.code];
    const { errors } = this.options;
    return {
      type: `https://assay.invalid/problems/${this.code}`,
      title,
      status,
      detail: this.message,
      code: this.code,
      fix: this.options.fix ?? fix,
      ...(errors === undefined ? {} : { errors: [...errors] }),
    };
  }
}

export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly fix: string;
  readonly errors?: ProblemError[];
}

const notThere: readonly FaultCode[] = [
  'unknown-challenge',
  'unknown-run',
  'unknown-finding',
  'unknown-check',
  'unknown-question',
];

/** What a fault of the engine is to whoever sent the request. */
export function problemOfFault(fault: Fault): Problem {
  if (notThere.includes(fault.code)) return new Problem('not-found', fault.message, { fix: fault.fix });
  if (fault.code === 'internal') return new Problem('internal', 'Assay itself failed.');
  return new Problem('conflict', fault.message, { fix: fault.fix });
}

export function notFound(what: string): Problem {
  return new Problem('not-found', `There is no such ${what}.`);
}
