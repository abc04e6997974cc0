import { setTimeout as pause } from 'node:timers/promises';
import type { Instance, ProbeContext, RuleHit } from '@assay/contract';
import { accessOf } from '../database/sql-access.ts';
import { sqlTemplate } from '../database/sql-template.ts';
import { matchOf, type Point, pointsOf } from '../races/interleave-points.ts';
import { sendAlone } from '../races/interleave.ts';
import {
  type Effects,
  effectsBetween,
  newItemDifferences,
  type View,
  viewOf,
  type Watched,
} from '../reading/api-view.ts';
import { Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess } from '../words.ts';
import { separateWrites } from './fault-state.ts';
import { type FaultSubject, faultSubject, writingOperations } from './fault-subjects.ts';
import { type Left, type Parts, shownOf, storedOf } from './left-behind.ts';
import { changesBetween, type Snapshot, snapshot } from './snapshot.ts';

/** At how many places the connection is cut, for each operation. */
const mostCuts = 6;
/** How often something is read until a backend that lost its connection has got another one. */
const readingAttempts = 10;
const betweenAttemptsMs = 50;

/** A request during which the connection to the database was cut once. */
export interface CutRun extends Left {
  readonly point: Point;
  /** The how-manieth statement of the request it was, from 0. */
  readonly index: number;
  readonly when: 'before' | 'after';
  /** The commit may have got through: that it happened and that it did not are both right. */
  readonly unknown: boolean;
  /** What was cut ran on another connection than the first write, or after the answer: it may be work that follows upon the request. */
  readonly aside: boolean;
  /** For each place that the whole request changes, whether it was changed here. */
  readonly shown: Parts;
  readonly stored: Parts;
}

export interface FaultRuns {
  readonly operation: string;
  readonly whole: Left;
  readonly points: readonly Point[];
  readonly cuts: readonly CutRun[];
}

export interface FaultEvidence {
  readonly runs: readonly FaultRuns[];
  readonly trouble: string | null;
}

/** Every writing operation, whole and with its connection cut between its statements. Shared by the checks that judge it. */
export function faultEvidence(context: ProbeContext): Promise<FaultEvidence> {
  return context.shared('requests cut between their statements', gather);
}

async function gather(context: ProbeContext): Promise<FaultEvidence> {
  const instance = await context.fresh();
  const setup = new Setup(context, instance);
  const runs: FaultRuns[] = [];
  let trouble: string | null = null;
  for (const operation of writingOperations(context)) {
    if (context.signal.aborted) break;
    context.progress(operation.id);
    // Some end when they lose a connection, a moment after the answer.
    if (!instance.alive) await instance.start();
    try {
      const found = await runsOf(context, instance, await faultSubject(context, setup, operation));
      if (found === null) trouble = `what ${operation.id} does could not be read`;
      else runs.push(found);
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      trouble = instance.alive
        ? `${operation.id}: ${error.message}`
        : `the backend ended when its database connection was cut during ${operation.id}`;
    }
  }
  return { runs, trouble };
}

async function runsOf(context: ProbeContext, instance: Instance, subject: FaultSubject): Promise<FaultRuns | null> {
  const { signal } = context;
  const whole = await watchedRun(instance, subject, signal, (request) => sendAlone(instance, request, signal));
  const again = await watchedRun(instance, subject, signal, (request) => sendAlone(instance, request, signal));
  if (whole === null || again === null || !isSuccess(whole.exchange) || !isSuccess(again.exchange)) return null;
  const points = pointsOf(whole.statements);
  const steady: Left = {
    ...whole,
    effects: keptKeys(whole.effects, again.effects),
    tables: Object.fromEntries(
      Object.entries(whole.tables).filter(
        ([table, { added, removed }]) =>
          table in again.tables &&
          Math.sign(added - removed) ===
            Math.sign((again.tables[table]?.added ?? 0) - (again.tables[table]?.removed ?? 0)),
      ),
    ),
    itemDifferences: [...new Set([...whole.itemDifferences, ...again.itemDifferences])],
  };
  // What happens in one transaction happens whole; another number is then that of another thing, an order of fewer.
  const counts = separateWrites({ points }) > 1 ? sameValues(whole.effects, again.effects) : [];
  const cuts: CutRun[] = [];
  for (const plan of cutPlans(points)) {
    if (signal.aborted) break;
    const cut = await cutRun(instance, subject, signal, plan, steady, counts);
    if (cut !== null) cuts.push(cut);
  }
  return { operation: subject.operation, whole: steady, points, cuts };
}

/** Whether the statement that was cut on this connection ran beside the request. */
export function ranAside(
  { exchange, statements }: Pick<Left, 'exchange' | 'statements'>,
  point: Point,
  connection: number,
): boolean {
  const first = statements.find(({ text }) => accessOf(text).kind === 'write');
  const cut = statements.findLast((one) => one.connection === connection && sqlTemplate(one.text) === point.template);
  const answeredAt = exchange.startedAt + exchange.durationMs;
  return (first !== undefined && first.connection !== connection) || (cut !== undefined && cut.startedAt > answeredAt);
}

type CutPlan = Pick<CutRun, 'point' | 'index' | 'when' | 'unknown'>;

/** Between any two writes, around the commit, and around the last write where there is none. */
export function cutPlans(points: readonly Point[]): readonly CutPlan[] {
  const writes = [...points.entries()].filter(([, { access }]) => access.kind === 'write');
  const between = writes.slice(0, -1).map(([index, point]): CutPlan => {
    return { point, index, when: 'after', unknown: false };
  });
  const last = writes.at(-1);
  if (last === undefined) return [];
  const [lastIndex, lastWrite] = last;
  const commit = [...points.entries()].find(
    ([index, { access, transaction }]) =>
      index > lastIndex && access.kind === 'commit' && transaction === lastWrite.transaction,
  );
  const [endIndex, end] = lastWrite.transaction !== null && commit !== undefined ? commit : last;
  const around = (['before', 'after'] as const).map(
    (when): CutPlan => ({ point: end, index: endIndex, when, unknown: when === 'after' }),
  );
  const room = mostCuts - around.length;
  const step = Math.max(1, Math.ceil(between.length / room));
  return [...between.filter((_, index) => index % step === 0).slice(0, room), ...around];
}

async function cutRun(
  instance: Instance,
  subject: FaultSubject,
  signal: AbortSignal,
  plan: CutPlan,
  whole: Left,
  counts: readonly string[],
): Promise<CutRun | null> {
  const { wire } = instance;
  if (wire === null) return null;
  let hit: RuleHit | null = null;
  if (!instance.alive) await instance.start();
  const prepared = await subject.prepare();
  const before = await beforeIt(instance, prepared.watched, signal);
  if (before === null) return null;
  const rule = wire.rule({ do: 'cut', when: plan.when, ...matchOf(plan.point) });
  let sent: Awaited<ReturnType<typeof sendAlone>>;
  try {
    sent = await sendAlone(instance, prepared.request, signal);
    hit = rule.last;
  } finally {
    rule.remove();
  }
  if (!instance.alive) await instance.start();
  const left = await leftBy(instance, prepared, signal, before, sent);
  if (hit === null || left === null) return null;
  const aside = ranAside(left, plan.point, hit.connection);
  const shown = shownOf(whole, left, before.view, counts);
  return { ...left, ...plan, aside, shown, stored: storedOf(whole, left) };
}

interface Before {
  readonly view: View;
  readonly rows: Snapshot;
}

type PreparedRun = Awaited<ReturnType<FaultSubject['prepare']>>;

async function beforeIt(instance: Instance, watched: Watched, signal: AbortSignal): Promise<Before | null> {
  const view = await patientView(instance, watched, signal);
  return view === null ? null : { view, rows: await snapshot(instance, signal) };
}

async function watchedRun(
  instance: Instance,
  subject: FaultSubject,
  signal: AbortSignal,
  send: (request: PreparedRun['request']) => ReturnType<typeof sendAlone>,
): Promise<Left | null> {
  const prepared = await subject.prepare();
  const before = await beforeIt(instance, prepared.watched, signal);
  return before === null ? null : leftBy(instance, prepared, signal, before, await send(prepared.request));
}

async function leftBy(
  instance: Instance,
  prepared: PreparedRun,
  signal: AbortSignal,
  before: Before,
  { exchange, statements }: Awaited<ReturnType<typeof sendAlone>>,
): Promise<Left | null> {
  const rows = await snapshot(instance, signal);
  const after = await patientView(instance, prepared.watched, signal);
  if (after === null) return null;
  return {
    exchange,
    statements,
    effects: effectsBetween(before.view, after),
    itemDifferences: newItemDifferences(before.view, after, prepared.sent),
    tables: changesBetween(before.rows, rows),
    reads: after.reads,
  };
}

async function patientView(instance: Instance, watched: Watched, signal: AbortSignal): Promise<View | null> {
  for (let attempt = 0; attempt < readingAttempts && !signal.aborted; attempt += 1) {
    const view = await viewOf(instance, watched);
    if (view !== null) return view;
    await pause(betweenAttemptsMs);
  }
  return null;
}

function keptKeys(effects: Effects, others: Effects): Effects {
  return Object.fromEntries(Object.entries(effects).filter(([name]) => name in others));
}

function sameValues(effects: Effects, others: Effects): readonly string[] {
  return Object.keys(effects).filter((name) => effects[name] === others[name]);
}
