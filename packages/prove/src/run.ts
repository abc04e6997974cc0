import { openIdentities } from '@assay/checks';
import { Fault, inferShape, type Report, type RunEvent } from '@assay/contract';
import {
  type BuiltBackend,
  buildBackend,
  detect,
  type Home,
  isLaunchFailure,
  type LaunchFailure,
  openEngine,
} from '@assay/engine';
import { foreignFolder } from './challenge.ts';
import { type CheckSurroundings, runCheck } from './check-run.ts';
import { type Corrections, correctedSettings } from './corrections.ts';
import { faultOf, type Stage, whyCutOff } from './cut-off.ts';
import { withOwnPaths } from './distant-base.ts';
import { EventStream } from './events.ts';
import { inLanes } from './lanes.ts';
import { withoutResets } from './left-alone.ts';
import { launchChecks, startsFailed, startsPassed, staysUpResult } from './launch-checks.ts';
import { planChecks } from './plan.ts';
import { InstancePool } from './pool.ts';
import { createRandom } from './random.ts';
import { createRecorder } from './recorder.ts';
import { ReferenceBackend } from './reference.ts';
import { runId } from './run-id.ts';
import { servedContract } from './served.ts';
import { RunStore } from './store.ts';
import { deepContract, described, findSubject } from './subject.ts';
import { verdictOf } from './verdict.ts';

export interface RunOptions {
  /** The backend's folder. */
  readonly folder: string;
  readonly challenge: string | null;
  readonly contract: string | null;
  /** In place of what the folder's settings and detection say. */
  readonly corrections?: Corrections;
  /** Areas and check ids; empty for all. */
  readonly only: readonly string[];
  /** Ids of checks that begin before all others: those that had failed before. */
  readonly first?: readonly string[];
  readonly seed: number;
  /** Seconds that the backend may take until it answers; null for the usual ones. */
  readonly startTimeoutSeconds: number | null;
  /** Seconds for the checks; null for as long as they take. */
  readonly budgetSeconds: number | null;
  readonly sandbox: 'auto' | 'require' | 'off';
  readonly home: Home;
  /** The DATABASE_URL that Assay itself was given: that server is used in place of the embedded one. */
  readonly ownServer: string | undefined;
  readonly version: string;
  /** Fingerprints of findings that are known already and do not fail the run. */
  readonly known: ReadonlySet<string>;
  /** Only this operation is of interest; for a replay. */
  readonly focus: string | null;
  /** Leaves no record, and throws what would cut off another run. For replays and mutants. */
  readonly transient: boolean;
  /** Told of what could not be removed, ended or kept, in a sentence; it harms no judgement. */
  readonly onTrouble?: (what: string) => void;
  readonly signal: AbortSignal;
}

/** The longest that a timer can be set to. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * The longest that one check may take, however much time there is. One that starts the backend again and again is given that much more of it. Milliseconds.
 */
const checkCapMs = (readyMs: number): number => 60_000 + 10 * readyMs;

/**
 * Judges a backend once. Every step is told through `listen`; the report is the fold over what was told. What is wrong with the backend is
 * in the report. So is what cut the run off after its beginning, as the reason of an undecided verdict: an interruption, trouble with the
 * surroundings. Throws faults for everything else.
 */
export async function prove(options: RunOptions, listen: (event: RunEvent) => void): Promise<Report> {
  const began = performance.now();
  const now = (): number => performance.now() - began;
  const settings = correctedSettings(options.folder, options.corrections);
  const subject = await findSubject({ ...options, settings });
  const env = { ...settings.env, ...subject.challenge?.env };
  const detected = await detect(options.folder, { ...settings, env });
  planChecks(subject.challenge, options.only);

  const startedAt = new Date();
  const run = runId(startedAt);
  const store = options.transient ? null : RunStore.create(options.home.runs, run, options.onTrouble);
  const events = new EventStream(store, now, listen);
  const recorder = createRecorder(events);
  const durations = { build: 0, ready: 0, checks: 0, total: 0 };
  let findings = 0;
  const nextFinding = (): string => `f-${(findings += 1)}`;
  events.emit({
    type: 'run-started',
    run,
    seed: options.seed,
    tool: { name: 'assay', version: options.version },
    backendPath: detected.folder,
    challenge: subject.challenge?.slug ?? null,
    ...foreignFolder(subject.challenge),
    ...(options.startTimeoutSeconds === null ? {} : { startTimeoutSeconds: options.startTimeoutSeconds }),
    startedAt: startedAt.toISOString(),
  });
  events.emit({
    type: 'stack-detected',
    stack: detected.stack,
    sourceHash: detected.sourceHash,
    build: [...detected.install, ...detected.compile],
    start: detected.start,
  });
  if (subject.contract !== null) events.emit({ type: 'contract-read', contract: described(subject.contract) });

  const finish = async (cutOff: string | null): Promise<Report> => {
    durations.total = Math.round(now());
    const { checks, traffic } = events.fold.report();
    const ended = { ...verdictOf(checks, cutOff), ...(cutOff === null ? {} : { cutOff }) };
    events.emit({ type: 'run-ended', ...ended, durations, traffic });
    const report = events.fold.report();
    await store?.close(report);
    return report;
  };
  const fail = (failure: LaunchFailure, since: number): Promise<Report> => {
    options.signal.throwIfAborted();
    events.emit({ type: 'check-ended', result: startsFailed(failure, nextFinding(), now() - since) });
    return finish(null);
  };
  let stage: Stage = 'build';
  const phase = async <T>(name: Exclude<Stage, 'checks'>, title: string, work: () => Promise<T>): Promise<T> => {
    const from = now();
    stage = name;
    events.emit({ type: 'phase-started', phase: name, title });
    let ok = false;
    try {
      const result = await work();
      ok = !isLaunchFailure(result);
      return result;
    } finally {
      events.emit({ type: 'phase-ended', phase: name, durationMs: Math.round(now() - from), ok });
    }
  };

  const engineOptions = {
    home: options.home,
    sandbox: options.sandbox,
    ownServer: options.ownServer,
    readinessTimeoutMs: options.startTimeoutSeconds === null ? undefined : options.startTimeoutSeconds * 1000,
    now,
    onTrouble: options.onTrouble,
    signal: options.signal,
  };
  const opening = openEngine({ ...engineOptions, database: detected.database, recorder });
  let reference: ReferenceBackend | null = null;
  // Without a database nothing can be judged: a build that would go on for minutes is stopped then.
  const unopened = new AbortController();
  opening.catch((error: unknown) => unopened.abort(error));
  try {
    const built: BuiltBackend | LaunchFailure = await phase(
      'build',
      detected.install.length + detected.compile.length > 0 ? 'Building' : 'Copying',
      () =>
        buildBackend(detected, {
          home: options.home,
          sandbox: options.sandbox,
          signal: AbortSignal.any([options.signal, unopened.signal]),
          onOutput: (line) => recorder.output(null, line),
          onTrouble: options.onTrouble,
        }),
    );
    durations.build = Math.round(now());
    if (isLaunchFailure(built)) {
      const opened = await opening.catch(() => null);
      if (opened !== null) events.emit({ type: 'sandbox-chosen', sandbox: opened.sandbox });
      return await fail(built, 0);
    }
    const engine = await phase(
      'database',
      detected.database === 'none' ? 'Preparing' : 'Starting PostgreSQL',
      () => opening,
    );
    events.emit({ type: 'sandbox-chosen', sandbox: engine.sandbox });
    const before = now();
    const first = await phase('launch', `Starting the backend: ${built.detected.start}`, async () => {
      const released = await engine.use(built);
      return released === null ? engine.launch() : released;
    });
    if (isLaunchFailure(first)) return await fail(first, before);
    durations.ready = Math.round(now() - before);
    events.emit({ type: 'check-ended', result: startsPassed(first.readyMs, engine.leftOut) });

    let contract = subject.contract;
    if (contract === null) {
      contract = await servedContract(first, () => deepContract(detected.folder));
      events.emit({ type: 'contract-read', contract: described(contract) });
    }
    const whole = contract;
    contract = await withOwnPaths(withoutResets(whole), first);
    if (contract !== whole) events.emit({ type: 'contract-read', contract: described(contract) });
    if (contract.operations.length === 0)
      throw new Fault('bad-contract', `${contract.source} describes no operation that can be judged.`);
    const inferred = inferShape(contract);
    const identities = openIdentities({
      contract,
      shape: inferred,
      settings: settings.identities ?? subject.challenge?.identities ?? null,
      random: (name) => createRandom(options.seed, name),
      signal: options.signal,
    });
    const shape = { ...inferred, signIn: identities.signIn };
    const pool = new InstancePool(first, (how) => engine.launch(how), identities, contract);
    const compared = new ReferenceBackend({
      challenge: subject.challenge,
      subject: { detected, built },
      engine: engineOptions,
      identities,
      contract,
    });
    reference = compared;
    recorder.onExchange = (exchange) => pool.saw(exchange);
    const checks = planChecks(subject.challenge, options.only, options.first);
    events.emit({
      type: 'checks-planned',
      checks: [
        ...launchChecks,
        ...checks.map(({ id, claim, skill, severity }) => ({
          id,
          area: id.split('/')[0] ?? '',
          claim,
          skill,
          severity,
        })),
      ],
    });
    const checksFrom = now();
    stage = 'checks';
    events.emit({ type: 'phase-started', phase: 'checks', title: 'Judging' });
    const budgetMs = Math.min((options.budgetSeconds ?? Number.POSITIVE_INFINITY) * 1000, longestTimerMs);
    const stop =
      options.budgetSeconds === null
        ? options.signal
        : AbortSignal.any([options.signal, AbortSignal.timeout(budgetMs)]);
    const surroundings: CheckSurroundings = {
      contract,
      shape,
      identities,
      challenge: subject.challenge,
      env,
      seed: options.seed,
      focus: options.focus,
      shared: (check) => pool.shared(check),
      fresh: (check, measured) => pool.fresh(check, measured),
      stack: detected.stack,
      reference: compared,
      memory: new Map(),
      signal: stop,
      endsAt: performance.now() + budgetMs,
      readyMs: first.readyMs,
      interrupted: options.signal,
      knownFingerprints: options.known,
      progress: (id, note) => events.emit({ type: 'check-progress', id, note }),
      keepEvidence: (check, evidence) => store?.keepEvidence(check, evidence),
      nextFinding,
    };
    await inLanes(checks, async (check) => {
      if (options.signal.aborted) return;
      events.emit({ type: 'check-started', id: check.id });
      const result = await runCheck(check, surroundings, checkCapMs(first.readyMs));
      events.emit({ type: 'check-ended', result });
    });
    options.signal.throwIfAborted();
    await pool.noticeEnd();
    events.emit({ type: 'check-ended', result: staysUpResult(pool.ends, options.known, nextFinding) });
    durations.checks = Math.round(now() - checksFrom);
    events.emit({ type: 'phase-ended', phase: 'checks', durationMs: durations.checks, ok: true });
    recorder.settle();
    return await finish(null);
  } catch (caught) {
    const error: unknown = unopened.signal.aborted ? unopened.signal.reason : caught;
    const cutOff = options.transient ? null : whyCutOff(error, stage, options.signal);
    if (cutOff !== null) return await finish(cutOff);
    await store?.discard();
    throw faultOf(error, options.signal);
  } finally {
    await reference?.close();
    const opened = await opening.catch(() => null);
    await opened?.close();
  }
}
