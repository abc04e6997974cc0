import { isJsonObject } from '@assay/contract';
import type { Counterpart } from '../answers/counterpart.ts';

/** What a backend gives new things by itself, by the names of members. */
export interface GivenByBackend {
  /** Shown although they were not sent: null may stand for leave it to the backend, for many languages cannot tell the two apart. */
  readonly defaults: readonly string[];
  /** A state that every new thing begins in, whatever was sent: only later is it another one. */
  readonly starts: readonly string[];
}

const states = /(?:^|_)(?:status|state|stage|phase)$|[a-z](?:Status|State|Stage|Phase)$/;
/** Fewer things would be alike by chance. */
const leastThings = 3;

/** @param made new things of one kind, each as it was sent and as it was read */
export function givenByBackend(made: readonly Pick<Counterpart, 'sent' | 'back'>[]): GivenByBackend {
  const things = made.flatMap(({ sent, back }) => (isJsonObject(sent) && isJsonObject(back) ? [{ sent, back }] : []));
  const names = [...new Set(things.flatMap(({ back }) => Object.keys(back)))];
  const isDefault = (name: string): boolean =>
    things.some(({ sent, back }) => !(name in sent) && back[name] !== undefined && back[name] !== null);
  const isStart = (name: string): boolean => {
    const shown = things.filter(({ back }) => name in back).map(({ back }) => back[name]);
    return shown.length >= leastThings && typeof shown[0] === 'string' && new Set(shown).size === 1;
  };
  return { defaults: names.filter(isDefault), starts: names.filter((name) => states.test(name) && isStart(name)) };
}
