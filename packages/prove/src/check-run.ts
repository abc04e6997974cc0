import {
  type Challenge,
  type Check,
  type CheckResult,
  type Contract,
  type ContractShape,
  type Finding,
  type FindingDraft,
  type Identities,
  type Instance,
  type Judgement,
  type ProbeContext,
  type Stack,
} from '@assay/contract';
import { CheckClock } from './check-clock.ts';
import { overHttp } from './over-http.ts';
import { createRandom } from './random.ts';
import type { RunningReference } from './reference.ts';

/** What all checks of a run have in common. */
export interface CheckSurroundings {
  readonly contract: Contract;
  readonly shape: ContractShape;
  readonly challenge: Challenge | null;
  /** Variables that the backend was given. */
  readonly env: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly identities: Identities;
  readonly stack: Stack;
  readonly focus: string | null;
  /** The running backend that checks share; starts it again when it died. */
  readonly shared: (check: string) => Promise<Instance>;
  /** A new instance for this check alone, which may be about its speed. */
  readonly fresh: (
    check: string,
    measured: boolean,
  ) => Promise<{ readonly instance: Instance; close(): Promise<void> }>;
  /** The challenge's reference: builds it once, and starts a new instance of it. */
  readonly reference: {
    prepare(): Promise<void>;
    launch(check: string): Promise<RunningReference | { readonly unavailable: string }>;
  };
  readonly memory: Map<string, Promise<unknown>>;
  /** Aborts when the person stops the run, or its time is up. */
  readonly signal: AbortSignal;
  /** When its time is up, as `performance.now()` tells it; infinity when it has as much as it needs. */
  readonly endsAt: number;
  /** How long the first instance took until it answered. Milliseconds. */
  readonly readyMs: number;
  /** Aborts when the person stops the run: the backend goes then, and what a check sees of that says nothing. */
  readonly interrupted: AbortSignal;
  readonly knownFingerprints: ReadonlySet<string>;
  progress(check: string, note: string): void;
  keepEvidence(check: string, evidence: unknown): void;
  nextFinding(): string;
}

/** Runs one check: whether it applies, its probe within `timeMs`, its judge. Trouble of Assay's own makes it undecided. */
export async function runCheck(check: Check, surroundings: CheckSurroundings, timeMs: number): Promise<CheckResult> {
  const began = performance.now();
  const judgement = await judgementOf(check, surroundings, timeMs);
  return {
    id: check.id,
    area: check.id.split('/')[0] ?? '',
    claim: check.claim,
    skill: check.skill,
    severity: check.severity,
    status: judgement.status,
    reason: judgement.reason,
    durationMs: Math.round(performance.now() - began),
    findings: judgement.findings.map((draft) => finish(check, draft, surroundings)),
  };
}

async function judgementOf(check: Check, surroundings: CheckSurroundings, timeMs: number): Promise<Judgement> {
  const { challenge } = surroundings;
  const { contract, shape } = check.over === 'http' ? overHttp(surroundings) : surroundings;
  const applicability = check.applies(contract, shape, challenge);
  if (contract.operations.length === 0)
    return { status: 'not-applicable', reason: 'every operation is spoken over SOAP', findings: [] };
  if (!applicability.applies) return { status: 'not-applicable', reason: applicability.reason, findings: [] };
  const left = surroundings.endsAt - performance.now();
  // One that needs an instance of its own would not have it before the time is up.
  if (surroundings.signal.aborted || left <= (check.instance === 'own' ? surroundings.readyMs : 0))
    return undecided('the time was up before it began');
  const clock = new CheckClock(timeMs);
  const signal = AbortSignal.any([surroundings.signal, clock.signal]);
  const undo: (() => Promise<void>)[] = [];
  const start = async (): Promise<Instance> => {
    const { instance, close } = await surroundings.fresh(check.id, check.alone === true);
    undo.push(close);
    return instance;
  };
  try {
    const backend = check.instance === 'own' ? await start() : await surroundings.shared(check.id);
    if (check.needs.includes('wire') && backend.wire === null) {
      return {
        status: 'not-applicable',
        reason: 'the backend brings its own database, so its statements are not seen',
        findings: [],
      };
    }
    const contextNamed = (name: string, seen: Pick<ProbeContext, 'contract' | 'shape'>): ProbeContext => ({
      contract: seen.contract,
      shape: seen.shape,
      challenge,
      env: surroundings.env,
      random: createRandom(surroundings.seed, name),
      backend,
      identities: surroundings.identities,
      stack: surroundings.stack,
      fresh: start,
      reference: async () => {
        surroundings.progress(check.id, 'preparing the reference');
        // However long that takes: on a new machine its dependencies are loaded first.
        await clock.pausedFor(() => unlessAborted(surroundings.signal, surroundings.reference.prepare()));
        const launched = await surroundings.reference.launch(check.id);
        if ('unavailable' in launched) return launched;
        undo.push(() => launched.close());
        return launched.reference;
      },
      signal,
      remaining: () => Math.max(0, Math.min(clock.remaining(), surroundings.endsAt - performance.now())),
      focus: surroundings.focus,
      progress: (note) => surroundings.progress(check.id, note),
      shared: (key, make) => {
        const known = surroundings.memory.get(key);
        if (known !== undefined) return known as ReturnType<typeof make>;
        // Others share it, who may see more of the contract.
        const made = make(contextNamed(key, surroundings));
        surroundings.memory.set(key, made);
        // What failed once may be tried again by the next who needs it.
        made.catch(() => surroundings.memory.delete(key));
        return made;
      },
    });
    const evidence = await unlessAborted(
      surroundings.interrupted,
      check.probe(contextNamed(check.id, { contract, shape })),
    );
    surroundings.keepEvidence(check.id, evidence);
    return check.judge(evidence, contract);
  } catch (error) {
    if (surroundings.interrupted.aborted) return undecided('the run was interrupted');
    if (signal.aborted) return undecided('the time was up');
    return undecided(error instanceof Error ? `Assay had trouble: ${error.message}` : 'Assay had trouble');
  } finally {
    clock.stop();
    // What an instance leaves behind is swept up later, and takes nothing from the judgement.
    for (const close of undo.reverse()) await close().catch(() => undefined);
  }
}

/** The work's result, or a rejection as soon as the signal aborts; also when the result came because of that. */
async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const result = await Promise.race([work, aborted]);
    signal.throwIfAborted();
    return result;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function undecided(reason: string): Judgement {
  return { status: 'undecided', reason, findings: [] };
}

function finish(check: Check, draft: FindingDraft, surroundings: CheckSurroundings): Finding {
  const id = surroundings.nextFinding();
  const fingerprint = `${check.id}:${draft.key}`;
  return {
    ...draft,
    id,
    severity: draft.severity ?? check.severity,
    names: { ...check.names, ...draft.names },
    fingerprint,
    ...(surroundings.knownFingerprints.has(fingerprint) ? { known: true } : {}),
    replay: `assay replay ${id}`,
  };
}
