import type { Contract, Operation, RequestCase } from '@assay/contract';
import { bareRequest } from '../requests/bare-request.ts';

/** How things of a kind are made that one request names several of: each like the last, for what differs (in its currency) seldom goes together. */
export class Fellows {
  readonly #requests = new Map<string, RequestCase>();
  #isBare = false;

  /** The request by which the last of a kind was made. */
  last(resource: string): RequestCase | undefined {
    return this.#requests.get(resource);
  }

  note(resource: string, request: RequestCase): void {
    this.#requests.set(resource, request);
  }

  /** The next are unlike the last, with which nothing could be done: in turn as they begin by default, and with whatever may be said of them. */
  forget(): void {
    this.#requests.clear();
    this.#isBare = !this.#isBare;
  }

  adjusted(contract: Contract, operation: Operation, request: RequestCase): RequestCase {
    return this.#isBare ? bareRequest(contract, operation, request) : request;
  }
}
