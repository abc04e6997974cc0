import { bodyJson, type Exchange, type Json, type Resource } from '@assay/contract';
import { tellsWhatWas } from '../database/points-freely.ts';
import { idOf } from '../setup/id-of.ts';
import { bothSucceed, type Trial } from './trial.ts';

/** How it is known that two requests were both carried out, where in turn the second one is refused. */
export type Twice =
  /** Two things were made. */
  | { readonly by: 'ids'; readonly ids: readonly [Json, Json] }
  /** Both put rows into this table, into which a refused one puts none. */
  | { readonly by: 'rows'; readonly table: string }
  /** What a number changed by is not what it changes by in turn. */
  | { readonly by: 'number'; readonly name: string };

/**
 * That both were answered with success is no harm by itself: a backend may tell the second one of what is done already. What proves that it was
 * done twice; null when nothing does.
 * @param made what the operation makes, if it makes something
 */
export function doneTwice({ serial, interleaved }: Trial, made: Resource | null): Twice | null {
  if (!bothSucceed(interleaved) || serial.some(bothSucceed)) return null;
  const ids = made === null ? [] : [interleaved.first, interleaved.second].map((one) => idIn(made, one));
  const [one, other] = ids;
  if (one !== undefined && other !== undefined && String(one) !== String(other))
    return { by: 'ids', ids: [one, other] };
  const [order, again, reversed] = serial;
  const ofRefused = [...order.inserted[1], ...again.inserted[1], ...reversed.inserted[0]];
  const [first, second] = interleaved.inserted;
  // That both were noted does not say that both were done.
  const table = first.find((name) => second.includes(name) && !ofRefused.includes(name) && !tellsWhatWas(name));
  if (table !== undefined) return { by: 'rows', table };
  const name = Object.keys(order.facts).find(
    (place) =>
      interleaved.facts[place] !== undefined &&
      [again, reversed].every(({ facts }) => facts[place] === order.facts[place]) &&
      interleaved.facts[place] !== order.facts[place],
  );
  return name === undefined ? null : { by: 'number', name };
}

function idIn(made: Resource, exchange: Exchange): Json | undefined {
  return idOf(made, exchange, bodyJson(exchange.response?.body) as Json | undefined);
}
