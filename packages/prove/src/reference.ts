import { realpathSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type LiveIdentities } from '@assay/checks';
import { type Challenge, type Contract, Fault, type Reference, type Stack } from '@assay/contract';
import {
  type BuiltBackend,
  buildBackend,
  type DetectedBackend,
  detect,
  type Engine,
  type EngineOptions,
  isLaunchFailure,
  type LaunchFailure,
  openEngine,
  readSettings,
} from '@assay/engine';
import { listStacks } from './challenge.ts';
import { watchedBy } from './watched.ts';

export interface ReferenceOptions {
  readonly challenge: Challenge | null;
  /** The backend under test: as it was found, and what was built of it. */
  readonly subject: { readonly detected: DetectedBackend; readonly built: BuiltBackend };
  readonly engine: Pick<EngineOptions, 'home' | 'sandbox' | 'ownServer' | 'readinessTimeoutMs' | 'now' | 'signal'>;
  readonly identities: LiveIdentities | null;
  readonly contract: Contract;
}

export interface RunningReference {
  readonly reference: Reference;
  close(): Promise<void>;
}

/** The challenge's own backend to compare with: chosen, built and kept ready when it is first asked for. What it does is in no record. */
export class ReferenceBackend {
  readonly #options: ReferenceOptions;
  readonly #closing = new AbortController();
  #opened: Promise<Opened | { readonly unavailable: string }> | null = null;

  constructor(options: ReferenceOptions) {
    this.#options = options;
  }

  /** Builds it, unless that was done. */
  async prepare(): Promise<void> {
    await (this.#opened ??= this.#open());
  }

  /** A new instance; or why there is none. */
  async launch(check: string): Promise<RunningReference | { readonly unavailable: string }> {
    const opened = await (this.#opened ??= this.#open());
    if ('unavailable' in opened) return opened;
    const launched = await opened.engine.launch({ measured: true });
    if (isLaunchFailure(launched)) return unavailable(opened.name, launched);
    const instance = watchedBy(launched, check, this.#options.identities, this.#options.contract);
    await this.#options.identities?.usual(instance);
    return {
      reference: { instance, name: opened.name, alike: opened.alike },
      close: () => launched.close(),
    };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const opened = await this.#opened?.catch(() => null);
    if (opened !== null && opened !== undefined && 'engine' in opened) await opened.engine.close();
  }

  async #open(): Promise<Opened | { readonly unavailable: string }> {
    const { challenge, subject, engine: options } = this.#options;
    if (challenge === null) return { unavailable: 'there is no challenge, and so no reference to compare with' };
    const chosen = await nearestReference(challenge, subject.detected.stack);
    if (chosen === null) return { unavailable: `the challenge ${challenge.slug} has no reference` };
    const { name, detected, alike } = chosen;
    const built = await this.#build(detected);
    if ('message' in built) return unavailable(name, built);
    const engine = await openEngine({
      ...options,
      database: detected.database,
      instancePrefix: 'r',
      recorder: silent,
    });
    const released = await engine.use(built);
    if (released === null) return { engine, name, alike };
    await engine.close();
    return unavailable(name, released);
  }

  /** Where the reference itself is judged, what was built of it already is the reference. */
  async #build(detected: DetectedBackend): Promise<BuiltBackend | LaunchFailure | Fault> {
    const { subject, engine: options } = this.#options;
    if (isSame(subject.detected, detected)) return subject.built;
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    try {
      return await buildBackend(detected, { ...options, signal, isReference: true, onOutput: () => undefined });
    } catch (error) {
      // Without a network, or a tool, there is nothing to compare with: that is no trouble of the check's.
      if (signal.aborted || !(error instanceof Fault)) throw error;
      return error;
    }
  }
}

function isSame(one: DetectedBackend, other: DetectedBackend): boolean {
  const inPlace = (detected: DetectedBackend) => ({ ...detected, folder: realpathSync(detected.folder) });
  return isDeepStrictEqual(inPlace(one), inPlace(other));
}

interface Opened {
  readonly engine: Engine;
  readonly name: string;
  readonly alike: boolean;
}

const silent: EngineOptions['recorder'] = {
  exchangeStarted: () => undefined,
  exchangeEnded: () => undefined,
  statement: () => undefined,
  output: () => undefined,
  usage: () => undefined,
};

function unavailable(name: string, failure: LaunchFailure | Fault): { readonly unavailable: string } {
  return { unavailable: `the reference ${name} does not run here: ${failure.message}` };
}

/** The same framework, else the same language, else Express, else whichever comes first. */
async function nearestReference(
  challenge: Challenge,
  stack: Stack,
): Promise<{ readonly name: string; readonly detected: DetectedBackend; readonly alike: boolean } | null> {
  const found: { readonly name: string; readonly detected: DetectedBackend; readonly score: number }[] = [];
  for (const name of listStacks(challenge, 'backends')) {
    const folder = path.join(challenge.folder, 'backends', name);
    const settings = readSettings(folder);
    const detected = await detect(folder, { ...settings, env: { ...settings.env, ...challenge.env } });
    found.push({ name, detected, score: likeness(stack, detected.stack) || (name === 'express' ? 1 : 0) });
  }
  const [best] = found.sort((a, b) => b.score - a.score || a.name.localeCompare(b.name));
  return best === undefined ? null : { name: best.name, detected: best.detected, alike: best.score >= 3 };
}

/** 4: the same framework; 3: the same language, and one of them has no framework; 2: the same language; 0: neither. */
export function likeness(one: Stack, other: Stack): number {
  if (familyOf(one.language) !== familyOf(other.language)) return 0;
  if (one.framework === other.framework) return 4;
  return one.framework === null || other.framework === null ? 3 : 2;
}

/** TypeScript is JavaScript once it runs. */
function familyOf(language: string): string {
  return /^(java|type)script$/i.test(language) ? 'javascript' : language.toLowerCase();
}
