import type { Instance, Wire } from '@assay/contract';
import type { EngineInstance } from '@assay/engine';

/** A running instance as one check sees it: each exchange it sends carries that check's name. */
export function watchedBy(instance: EngineInstance, check: string): Instance {
  return {
    id: instance.id,
    get wire(): Wire | null {
      return instance.wire;
    },
    get alive() {
      return instance.alive;
    },
    send: (request, options) => instance.send(request, { ...options, check }),
    raw: (bytes, options) => instance.raw(bytes, options),
    kill: () => instance.kill(),
    stop: (signal, timeoutMs) => instance.stop(signal, timeoutMs),
    start: () => instance.start(),
    sql: (text, parameters) => instance.sql(text, parameters),
    log: () => instance.log(),
    usage: () => instance.usage(),
  };
}
