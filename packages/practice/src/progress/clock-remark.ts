import type { Progress } from './progress.ts';

/** A clock may differ a little from that of another machine. Milliseconds. */
const leeway = 3_600_000;

/** What is to be said of the clock beside the history; null when there is nothing. */
export function clockRemark({ ahead, last }: Pick<Progress, 'ahead' | 'last'>, clock: number): string | null {
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  if (last > clock + leeway)
    return `The clock says ${day(clock)}, your last answer is of ${day(last)}: until then, answers are noted as of that day. Set the clock.`;
  if (ahead > 0)
    return `${ahead === 1 ? 'One answer was' : `${ahead} answers were`} noted while the clock stood days ahead. ${ahead === 1 ? 'It counts' : 'They count'} as given with the one before.`;
  return null;
}
