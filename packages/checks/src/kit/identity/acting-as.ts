import type { Identity, Instance } from '@assay/contract';

/**
 * The instance as this person uses it: requests that do not say who sends them are sent as theirs.
 * @param besides operations that others are asked for as ever, such as those for a role
 */
export function actingAs(
  instance: Instance,
  identity: Identity,
  besides: ReadonlySet<string> = new Set<string>(),
): Instance {
  return {
    id: instance.id,
    get wire() {
      return instance.wire;
    },
    get alive() {
      return instance.alive;
    },
    send: (request, options) =>
      request.as !== undefined || besides.has(request.operation ?? '')
        ? instance.send(request, options)
        : instance.send({ ...request, as: identity }, options),
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
    log: () => instance.log(),
    usage: () => instance.usage(),
  };
}
