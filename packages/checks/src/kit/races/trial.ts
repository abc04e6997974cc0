import { setTimeout as pause } from 'node:timers/promises';
import type { Exchange, Instance, Json, RequestSpec } from '@assay/contract';
import { difference } from '../answers/decimals.ts';
import { isCarriedOut } from '../words.ts';
import { insertedInto } from './inserted-into.ts';
import { holdingPoints, pointsOf, type Point } from './interleave-points.ts';
import { interleave, type Interleaved, sendAlone, together } from './interleave.ts';

/** Two requests that speak of the same thing, ready to be sent, and how to see what became of it. */
export interface Prepared {
  readonly first: RequestSpec;
  readonly second: RequestSpec;
  /** What the API shows afterwards, by a name for each place. */
  look(): Promise<{ readonly facts: Facts; readonly reads: readonly Exchange[] }>;
}

export type Facts = Readonly<Record<string, Json>>;

/** What came of two requests: their answers, and what was read afterwards. */
export interface Outcome {
  readonly first: Exchange;
  readonly second: Exchange;
  readonly facts: Facts;
  readonly reads: readonly Exchange[];
  /** Tables that the first and the second put rows into, as far as their statements are known. */
  readonly inserted: readonly [readonly string[], readonly string[]];
}

/** The same two requests in turn, in both orders, and at the same time: each time on fresh things. */
export interface Trial {
  /** First then second; the same once more; second then first. What differs between the first two is not told by the requests. */
  readonly serial: readonly [Outcome, Outcome, Outcome];
  readonly interleaved: Outcome & Interleaved;
  /** Where the first was held; null when both were only sent together. */
  readonly point: Point | null;
}

export interface Series {
  readonly serial: Trial['serial'];
  readonly trials: readonly Trial[];
  /** Statements of the first request when it was alone. */
  readonly points: readonly Point[];
}

interface SeriesOptions {
  readonly instance: Instance;
  readonly signal: AbortSignal;
  prepare(): Promise<Prepared>;
  /** Whether what came of it serially is worth more: the requests were accepted, something changed. */
  isTelling(serial: Trial['serial']): boolean;
  /** Ends the series when a trial is a find. */
  isFind(trial: Trial): boolean;
  readonly mostPoints: number;
}

const lookAgainMs = 100;
/** How often both are sent together where nothing can be held. */
const blindTries = 4;

/** Null when the serial runs are not telling. */
export async function runSeries(options: SeriesOptions): Promise<Series | null> {
  const { instance, signal, prepare } = options;
  const recording = await inTurn(options, await prepare(), false);
  const again = await inTurn(options, await prepare(), false);
  const reversed = await inTurn(options, await prepare(), true);
  const serial: Trial['serial'] = [recording.outcome, again.outcome, reversed.outcome];
  if (!options.isTelling(serial)) return null;
  const trials: Trial[] = [];
  const usualMs = Math.max(...serial.map(({ first, second }) => Math.max(first.durationMs, second.durationMs)));
  const holding = holdingPoints(recording.points, options.mostPoints);
  for (const point of holding) {
    if (signal.aborted) break;
    const prepared = await prepare();
    const run = await interleave(instance, [prepared.first, prepared.second], point, signal, usualMs);
    if (run === null) continue;
    const trial = await looked(options, { serial, point, run, prepared });
    trials.push(trial);
    if (options.isFind(trial)) return { serial, trials, points: recording.points };
  }
  for (let round = 0; holding.length === 0 && round < blindTries && !signal.aborted; round += 1) {
    const prepared = await prepare();
    const run = await together(instance, [prepared.first, prepared.second], signal);
    const trial = await looked(options, { serial, point: null, run, prepared });
    trials.push(trial);
    if (options.isFind(trial)) break;
  }
  return { serial, trials, points: recording.points };
}

interface Ran {
  readonly serial: Trial['serial'];
  readonly point: Point | null;
  readonly run: Interleaved;
  readonly prepared: Prepared;
}

/** Looks again before it is called a find: what is read may be told a moment later than it is written. */
async function looked({ isFind }: SeriesOptions, { serial, point, run, prepared }: Ran): Promise<Trial> {
  const lane = (which: 0 | 1) => insertedInto(run.statements.filter((one) => one.lane === which));
  const ran = { ...run, inserted: [lane(0), lane(1)] as const };
  let trial: Trial = { serial, point, interleaved: { ...ran, ...(await prepared.look()) } };
  for (let again = 0; again < 2 && isFind(trial); again += 1) {
    await pause(lookAgainMs);
    trial = { serial, point, interleaved: { ...ran, ...(await prepared.look()) } };
  }
  return trial;
}

async function inTurn(
  { instance, signal }: SeriesOptions,
  prepared: Prepared,
  reversed: boolean,
): Promise<{ readonly outcome: Outcome; readonly points: readonly Point[] }> {
  const [one, other] = reversed ? [prepared.second, prepared.first] : [prepared.first, prepared.second];
  const recorded = await sendAlone(instance, one, signal);
  const after = await sendAlone(instance, other, signal);
  const [first, second] = reversed ? [after, recorded] : [recorded, after];
  return {
    outcome: {
      first: first.exchange,
      second: second.exchange,
      inserted: [insertedInto(first.statements), insertedInto(second.statements)],
      ...(await prepared.look()),
    },
    points: pointsOf(recorded.statements),
  };
}

/** Whether both were answered that they are done. */
export function bothSucceed({ first, second }: Pick<Outcome, 'first' | 'second'>): boolean {
  return isCarriedOut(first) && isCarriedOut(second);
}

/**
 * Why no order of the two explains what happened, or null when one does: both were acknowledged, and either no order acknowledges both, or
 * the facts that the requests alone decide are those of neither order. Of facts that tell by how much something moved, those that never move in turn are left
 * out: of what stands still nothing can be lost, and a time in seconds goes on by itself.
 */
export function unexplained(
  { serial, interleaved }: Trial,
  tell: 'values' | 'movements' = 'values',
): UnexplainedBy | null {
  if (!bothSucceed(interleaved)) return null;
  const [order, again, reversed] = serial;
  const orders = [order, reversed].filter(bothSucceed);
  if (!bothSucceed(order) && !bothSucceed(again) && !bothSucceed(reversed)) return { kind: 'both-accepted' };
  // What is not told afterwards, as an item that a longer list has on another page, says nothing either.
  const stands = (name: string): boolean =>
    tell === 'movements' &&
    (interleaved.facts[name] === undefined || [order, again, reversed].every(({ facts }) => facts[name] === '0'));
  const steady = Object.keys(order.facts).filter(
    (name) => bothSucceed(order) && bothSucceed(again) && same(order.facts[name], again.facts[name]) && !stands(name),
  );
  if (steady.length === 0) return null;
  const explains = orders.some(({ facts }) => steady.every((name) => same(facts[name], interleaved.facts[name])));
  if (explains) return null;
  const wrong = steady.filter((name) => !orders.some(({ facts }) => same(facts[name], interleaved.facts[name])));
  if (tell === 'movements') {
    // The two are alike: of a movement that is lost the other half is left. What is rounded, or one of many in an order, moves by more or less.
    const halved = wrong.filter((name) => isHalf(interleaved.facts[name], order.facts[name]));
    return halved.length === 0 ? null : { kind: 'lost', names: halved };
  }
  return { kind: 'lost', names: wrong.length > 0 ? wrong : steady };
}

type UnexplainedBy = { readonly kind: 'both-accepted' } | { readonly kind: 'lost'; readonly names: readonly string[] };

function isHalf(part: Json | undefined, whole: Json | undefined): boolean {
  return typeof part === 'string' && typeof whole === 'string' && difference(whole, part) === difference(part, 0);
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b);
}
