/** What the server said was wrong: problem details (RFC 9457), as an error that queries can carry. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly fix: string;
  /** Which fields of the request were wrong, by JSON Pointer. */
  readonly fields: readonly { readonly pointer: string; readonly message: string }[];

  constructor(status: number, body: unknown) {
    const said = fieldsOf(body);
    super(textOf(said.get('detail')) ?? textOf(said.get('title')) ?? `The server answered ${status}.`);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = textOf(said.get('code')) ?? 'unknown';
    this.fix = textOf(said.get('fix')) ?? '';
    const errors = said.get('errors');
    this.fields = (Array.isArray(errors) ? errors : []).flatMap((error: unknown) => {
      const field = fieldsOf(error);
      const pointer = textOf(field.get('pointer'));
      const message = textOf(field.get('message'));
      return pointer === null || message === null ? [] : [{ pointer, message }];
    });
  }
}

/** The server could not be reached at all. */
export class ServerGone extends Error {
  constructor(options?: ErrorOptions) {
    super('Assay’s server does not answer.', options);
    this.name = 'ServerGone';
  }
}

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
