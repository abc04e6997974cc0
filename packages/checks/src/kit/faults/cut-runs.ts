import { setTimeout as pause } from 'node:timers/promises';
import type { Exchange, Instance, ProbeContext, RuleHit } from '@assay/contract';
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
import { isSuccess } from '../words.ts';
import { separateWrites } from './fault-state.ts';
import type { FaultSubject } from './fault-subjects.ts';
import { type Left, type Parts, shownOf, storedOf } from './left-behind.ts';
import type { PreparedSubject } from './prepared-subject.ts';
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
  /** The same request once more, which did not bring what was missing; only where that was tried. */
  readonly again?: Exchange;
}

export interface FaultRuns {
  readonly operation: string;
  readonly whole: Left;
  readonly points: readonly Point[];
  readonly cuts: readonly CutRun[];
}

/** A request that was not cut, twice: what it did both times. */
export interface WholeRuns {
  readonly whole: Left;
  readonly points: readonly Point[];
  /** The lists that both grew or shrank by as much, in a request that writes in several transactions. */
  readonly counts: readonly string[];
}

/** What makes one request after the other, on fresh things. */
export type Prepare = FaultSubject['prepare'];

/** Null when what it does could not be read. */
export async function runsOf(
  { signal }: ProbeContext,
  instance: Instance,
  { operation, prepare }: Pick<FaultSubject, 'operation' | 'prepare'>,
): Promise<FaultRuns | null> {
  const twice = await wholeRuns(instance, prepare, signal);
  if (twice === null) return null;
  const cuts: CutRun[] = [];
  for (const plan of cutPlans(twice.points)) {
    if (signal.aborted) break;
    const done = await cutOnce(instance, prepare, signal, plan, twice);
    if (done !== null) cuts.push(done.cut);
  }
  return { operation, whole: twice.whole, points: twice.points, cuts };
}

/** Null when it was refused, or what it does could not be read. */
export async function wholeRuns(instance: Instance, prepare: Prepare, signal: AbortSignal): Promise<WholeRuns | null> {
  const whole = await watchedRun(instance, prepare, signal);
  const again = whole === null ? null : await watchedRun(instance, prepare, signal);
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
  return { whole: steady, points, counts };
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

export type CutPlan = Pick<CutRun, 'point' | 'index' | 'when' | 'unknown'>;

/** Between any two writes, around the commit, and around the last write where there is none. */
export function cutPlans(points: readonly Point[]): readonly CutPlan[] {
  const writes = [...points.entries()].filter(([, { access }]) => access.kind === 'write');
  const between = writes.slice(0, -1).flatMap(([index, point], number): CutPlan[] => {
    const next = writes[number + 1];
    // What is in a block of its own is kept only once that was committed.
    return next !== undefined && point.transaction !== null && point.transaction !== next[1].transaction
      ? [{ point: next[1], index: next[0], when: 'before', unknown: false }]
      : [{ point, index, when: 'after', unknown: false }];
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

/** A cut with what is needed to send the same request again. */
export interface CutOnce {
  readonly cut: CutRun;
  readonly prepared: PreparedSubject;
  readonly before: View;
}

/** Null when nothing was cut, or what was left could not be read. */
export async function cutOnce(
  instance: Instance,
  prepare: Prepare,
  signal: AbortSignal,
  plan: CutPlan,
  { whole, counts }: Pick<WholeRuns, 'whole' | 'counts'>,
): Promise<CutOnce | null> {
  const { wire } = instance;
  if (wire === null) return null;
  let hit: RuleHit | null = null;
  if (!instance.alive) await instance.start();
  const prepared = await prepare();
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
  return { cut: { ...left, ...plan, aside, shown, stored: storedOf(whole, left) }, prepared, before: before.view };
}

interface Before {
  readonly view: View;
  readonly rows: Snapshot;
}

async function beforeIt(instance: Instance, watched: Watched, signal: AbortSignal): Promise<Before | null> {
  const view = await patientView(instance, watched, signal);
  return view === null ? null : { view, rows: await snapshot(instance, signal) };
}

async function watchedRun(instance: Instance, prepare: Prepare, signal: AbortSignal): Promise<Left | null> {
  const prepared = await prepare();
  const earlier = await patientView(instance, prepared.watched, signal);
  const before = await beforeIt(instance, prepared.watched, signal);
  if (earlier === null || before === null) return null;
  const left = await leftBy(instance, prepared, signal, before, await sendAlone(instance, prepared.request, signal));
  // What is otherwise each time it is looked at (a number of views) is not of the request's doing.
  const idle = effectsBetween(earlier, before.view);
  return left === null ? null : { ...left, effects: withoutKeys(left.effects, idle) };
}

async function leftBy(
  instance: Instance,
  prepared: PreparedSubject,
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

/** Null when it cannot be read for some time. */
export async function patientView(instance: Instance, watched: Watched, signal: AbortSignal): Promise<View | null> {
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

function withoutKeys(effects: Effects, others: Effects): Effects {
  return Object.fromEntries(Object.entries(effects).filter(([name]) => !(name in others)));
}

function sameValues(effects: Effects, others: Effects): readonly string[] {
  return Object.keys(effects).filter((name) => effects[name] === others[name]);
}
