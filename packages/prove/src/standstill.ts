import type { Exchange } from '@assay/contract';
import type { EngineInstance } from '@assay/engine';

/** So many requests that were waited for in vain are looked into. */
const suspicious = 2;
/** How many reads are asked once more, and how long each is waited for: it answered them before. Milliseconds. */
const [mostReads, patienceMs] = [4, 5000];
/** What belongs to a connection and not to a request. */
const ofConnection = /^(host|connection|content-length|transfer-encoding)$/i;

/** Whether an instance that lives has ceased to answer: a pool without connections, a lock that nobody gives back. */
export class Standstill {
  /** The last reads that it answered with success, one for each path. */
  readonly #reads = new Map<string, Exchange['request']>();
  #silences = 0;

  saw({ request, response, error }: Exchange): void {
    if (error?.kind === 'timeout') this.#silences += 1;
    if (request.method !== 'GET' || response === undefined || response.status < 200 || response.status > 299) return;
    const path = request.target.split('?')[0] ?? request.target;
    this.#reads.delete(path);
    this.#reads.set(path, request);
    const [oldest] = this.#reads.keys();
    if (this.#reads.size > mostReads && oldest !== undefined) this.#reads.delete(oldest);
  }

  /** Asks again what it had answered, where requests were waited for in vain since the last look: it stands still when most of that has no answer now. */
  async isReached(instance: Pick<EngineInstance, 'send'>): Promise<boolean> {
    const silences = this.#silences;
    this.#silences = 0;
    const reads = [...this.#reads.values()];
    if (silences < suspicious || reads.length === 0) return false;
    const answers = await Promise.all(
      reads.map(({ method, target, headers }) =>
        instance.send(
          { method, target, headers: headers.filter(([name]) => !ofConnection.test(name)) },
          { timeoutMs: patienceMs, check: 'launch/stays-up' },
        ),
      ),
    );
    const unanswered = answers.filter(({ error }) => error?.kind === 'timeout').length;
    this.#silences = 0;
    return 2 * unanswered > reads.length;
  }
}
