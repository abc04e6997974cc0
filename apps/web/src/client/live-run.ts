import type { CheckResult, CheckStatus, Phase, Report, RunEvent, Skill, Stack } from '@assay/contract';

/** What the stream tells in place of the many events of single exchanges and statements: how many more there were. */
export interface TallyEvent {
  readonly type: 'tally';
  readonly sequence: number;
  readonly at: number;
  readonly exchanges: number;
  readonly statements: number;
}

export type LiveEvent = RunEvent | TallyEvent;

export interface LivePhase {
  readonly phase: Phase;
  readonly title: string;
  readonly state: 'running' | 'done' | 'failed';
  /** Milliseconds since the start of the run. */
  readonly startedAt: number;
  readonly durationMs: number | null;
}

export interface LiveCheck {
  readonly id: string;
  readonly area: string;
  readonly claim: string;
  readonly skill: Skill;
  readonly state: 'waiting' | 'running' | CheckStatus;
  /** What it is at, while it runs. */
  readonly note: string | null;
  readonly result: CheckResult | null;
}

export interface OutputLine {
  /** The event's sequence: unique, and a stable key. */
  readonly sequence: number;
  readonly source: 'build' | 'release' | 'backend';
  readonly instance: string | null;
  readonly stream: 'stdout' | 'stderr';
  readonly line: string;
}

/** What happened in one second of the run. */
export interface Second {
  readonly exchanges: number;
  readonly statements: number;
}

/** A run as far as its events have told: a pure fold, so that a page that comes late or comes back shows the same. */
export interface LiveRun {
  /** Of the last event taken in; what comes again is passed over. */
  readonly sequence: number;
  /** Milliseconds since the start of the run, at the last event. */
  readonly at: number;
  readonly seed: number | null;
  readonly contract: Report['contract'] | null;
  readonly stack: Stack | null;
  readonly build: readonly string[];
  readonly start: string | null;
  readonly sandbox: Report['sandbox'] | null;
  readonly phases: readonly LivePhase[];
  readonly checks: readonly LiveCheck[];
  /** The newest lines of the build and the release. */
  readonly buildOutput: readonly OutputLine[];
  /** The newest lines of the running backends. */
  readonly backendOutput: readonly OutputLine[];
  /** How many older lines were let go. */
  readonly dropped: { readonly build: number; readonly backend: number };
  readonly traffic: Second;
  /** By second since the start of the run. */
  readonly seconds: readonly Second[];
  /** The newest sample of the backend that was sampled last. */
  readonly usage: { readonly cpu: number; readonly rssBytes: number } | null;
  readonly ended: { readonly verdict: Report['verdict']; readonly reason: string } | null;
}

export const emptyRun: LiveRun = {
  sequence: 0,
  at: 0,
  seed: null,
  contract: null,
  stack: null,
  build: [],
  start: null,
  sandbox: null,
  phases: [],
  checks: [],
  buildOutput: [],
  backendOutput: [],
  dropped: { build: 0, backend: 0 },
  traffic: { exchanges: 0, statements: 0 },
  seconds: [],
  usage: null,
  ended: null,
};

/** Lines of output that are kept; the report keeps what a finding needs. */
export const keptLines = 2000;

/** A run in the making; collections may be written to until it is done. */
interface Draft extends LiveRun {
  readonly set: (part: Partial<LiveRun>) => void;
  readonly checkById: Map<string, LiveCheck>;
  readonly lines: { readonly build: OutputLine[]; readonly backend: OutputLine[] };
  readonly counted: Second[];
}

/** The run after these events. Several at once cost little more than one. */
export function foldRun(run: LiveRun, events: readonly LiveEvent[]): LiveRun {
  const checkById = new Map(run.checks.map((check) => [check.id, check]));
  const lines: Draft['lines'] = { build: [], backend: [] };
  const counted = [...run.seconds];
  let next = run;
  const set = (part: Partial<LiveRun>): void => {
    next = { ...next, ...part };
  };
  for (const event of events) {
    if (event.sequence <= next.sequence) continue;
    set({ sequence: event.sequence, at: Math.max(next.at, event.at) });
    apply({ ...next, set, checkById, lines, counted }, event);
  }
  const buildOutput = newest(run.buildOutput, lines.build);
  const backendOutput = newest(run.backendOutput, lines.backend);
  return {
    ...next,
    checks: [...checkById.values()],
    seconds: counted,
    buildOutput,
    backendOutput,
    dropped: {
      build: run.dropped.build + run.buildOutput.length + lines.build.length - buildOutput.length,
      backend: run.dropped.backend + run.backendOutput.length + lines.backend.length - backendOutput.length,
    },
  };
}

function apply(draft: Draft, event: LiveEvent): void {
  const { set, checkById } = draft;
  switch (event.type) {
    case 'run-started':
      return set({ seed: event.seed });
    case 'contract-read':
      return set({ contract: event.contract });
    case 'phase-started':
      return set({ phases: [...draft.phases, begun(event)] });
    case 'phase-ended':
      return set({ phases: draft.phases.map((phase) => ended(phase, event)) });
    case 'stack-detected':
      return set({ stack: event.stack, build: event.build, start: event.start });
    case 'sandbox-chosen':
      return set({ sandbox: event.sandbox });
    case 'usage':
      return set({ usage: { cpu: event.sample.cpu, rssBytes: event.sample.rssBytes } });
    case 'output':
      draft.lines[event.source === 'backend' ? 'backend' : 'build'].push(lineOf(event));
      return;
    case 'tally':
      return count(draft, event.at, event);
    case 'exchange':
      return count(draft, event.at, { exchanges: 1, statements: 0 });
    case 'statement':
      return count(draft, event.at, { exchanges: 0, statements: 1 });
    case 'checks-planned':
      for (const { id, area, claim, skill } of event.checks)
        if (!checkById.has(id))
          checkById.set(id, { id, area, claim, skill, state: 'waiting', note: null, result: null });
      return;
    case 'check-started':
      return running(checkById, event.id, null);
    case 'check-progress':
      return running(checkById, event.id, event.note);
    case 'check-ended': {
      const { id, area, claim, skill, status } = event.result;
      checkById.set(id, { id, area, claim, skill, state: status, note: null, result: event.result });
      return;
    }
    case 'run-ended':
      return set({ ended: { verdict: event.verdict, reason: event.reason }, traffic: event.traffic });
    default:
      // A newer server may tell more; this page passes it over.
      event satisfies never;
  }
}

function begun({ phase, title, at }: Extract<LiveEvent, { readonly type: 'phase-started' }>): LivePhase {
  return { phase, title, state: 'running', startedAt: at, durationMs: null };
}

function ended(phase: LivePhase, event: Extract<LiveEvent, { readonly type: 'phase-ended' }>): LivePhase {
  if (phase.phase !== event.phase || phase.state !== 'running') return phase;
  return { ...phase, state: event.ok ? 'done' : 'failed', durationMs: event.durationMs };
}

function running(checks: Map<string, LiveCheck>, id: string, note: string | null): void {
  const check = checks.get(id);
  if (check !== undefined) checks.set(id, { ...check, state: 'running', note });
}

function lineOf(event: Extract<LiveEvent, { readonly type: 'output' }>): OutputLine {
  const { sequence, source, instance, stream, line } = event;
  return { sequence, source, instance, stream, line };
}

function count({ counted, traffic, set }: Draft, at: number, { exchanges, statements }: Second): void {
  const second = Math.max(0, Math.floor(at / 1000));
  while (counted.length <= second) counted.push({ exchanges: 0, statements: 0 });
  const before = counted[second] ?? { exchanges: 0, statements: 0 };
  counted[second] = { exchanges: before.exchanges + exchanges, statements: before.statements + statements };
  set({
    traffic: { exchanges: traffic.exchanges + exchanges, statements: traffic.statements + statements },
  });
}

function newest(before: readonly OutputLine[], more: readonly OutputLine[]): readonly OutputLine[] {
  return more.length === 0 ? before : [...before, ...more].slice(-keptLines);
}
