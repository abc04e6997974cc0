import type { LiveIdentities } from '@assay/checks';
import {
  type Contract,
  type Exchange,
  type Instance,
  type RequestSpec,
  type Wire,
  withSoapValue,
} from '@assay/contract';
import type { EngineInstance } from '@assay/engine';
import { withPatience } from './patience.ts';
import { samePlace } from './same-place.ts';
import { sendAs } from './send-as.ts';

/**
 * A running instance as one check sees it: each exchange it sends carries that check's name, and each request the proof of who sends it.
 * A path that is served with another slash at its end is followed there. What a SOAP envelope in an answer says is read by the contract.
 */
export function watchedBy(
  instance: EngineInstance,
  check: string,
  identities: LiveIdentities | null,
  contract: Contract,
): Instance {
  const watched: Instance = {
    id: instance.id,
    get wire(): Wire | null {
      return instance.wire;
    },
    get alive() {
      return instance.alive;
    },
    send: (request, options) => {
      const ask = (spec: RequestSpec): Promise<Exchange> =>
        withPatience(instance, spec, options, (one, limits) => instance.send(one, { ...limits, check }));
      const send = async (spec: RequestSpec): Promise<Exchange> => {
        const exchange = await ask(spec);
        const there = samePlace(spec, exchange);
        if (there === null) return withSoapValue(contract, exchange);
        const movedFrom = { target: spec.target, status: exchange.response?.status ?? 0 };
        return { ...withSoapValue(contract, await ask(there)), movedFrom };
      };
      return identities === null ? send(request) : sendAs(request, watched, identities, send);
    },
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
  return watched;
}
