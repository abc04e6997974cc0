import createClient from 'openapi-fetch';
import { ConnectionWatch } from './connection.ts';
import type { paths } from './generated/api.ts';
import { ApiProblem, ServerGone } from './problem.ts';
import { tokenHeaders } from './token.ts';

export const connection = new ConnectionWatch(async () => {
  try {
    return (await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(3000) })).ok;
  } catch {
    return false;
  }
});

export const api = createClient<paths>({
  baseUrl: globalThis.location.origin,
  fetch: async (request) => {
    for (const [name, value] of Object.entries(tokenHeaders())) request.headers.set(name, value);
    let response: Response;
    try {
      response = await fetch(request);
    } catch (error) {
      if (request.signal.aborted) throw error;
      connection.tell('lost');
      throw new ServerGone({ cause: error });
    }
    connection.tell(response.status === 401 ? 'locked' : 'ok');
    return response;
  },
});

interface Result<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** What the server answered; throws an `ApiProblem` when it refused. */
export function answered<T>({ data, error, response }: Result<T>): T {
  if (!response.ok || data === undefined) throw new ApiProblem(response.status, error);
  return data;
}

/** The same for answers without a body (204). */
export function done({ error, response }: Result<unknown>): void {
  if (!response.ok) throw new ApiProblem(response.status, error);
}
