import type { Instance } from '@assay/contract';

/** The instance with another way to send requests. */
export function sendingThrough(instance: Instance, send: Instance['send']): Instance {
  return {
    id: instance.id,
    get wire() {
      return instance.wire;
    },
    get alive() {
      return instance.alive;
    },
    send,
    get authority() {
      return instance.authority;
    },
    connect: () => instance.connect(),
    raw: (bytes, options) => instance.raw(bytes, options),
    kill: () => instance.kill(),
    stop: (signal, timeoutMs) => instance.stop(signal, timeoutMs),
    start: () => instance.start(),
    canary: () => instance.canary(),
    sql: (text, parameters) => instance.sql(text, parameters),
    collectGarbage: async () => (await instance.collectGarbage?.()) ?? false,
    log: () => instance.log(),
    usage: () => instance.usage(),
  };
}
