import { fresh } from '../bank/load.ts';
import { expectedSeconds } from './expected-time.ts';
import type { Picked } from './pick.ts';

/** A question of a session, with the time that it should take. */
export interface Timed extends Picked {
  readonly seconds: number;
}

/** So many of the picked questions, in their order, as fit into the minutes; at least one. */
export function within(picked: readonly Picked[], minutes: number): readonly Timed[] {
  const chosen: Timed[] = [];
  let left = minutes * 60;
  for (const each of picked) {
    const seconds = expectedSeconds(fresh(each.question, 0));
    if (seconds > left) continue;
    chosen.push({ ...each, seconds });
    left -= seconds;
  }
  const [first] = picked;
  return chosen.length === 0 && first !== undefined
    ? [{ ...first, seconds: expectedSeconds(fresh(first.question, 0)) }]
    : chosen;
}
