import type { ProbeContext } from '@assay/contract';
import { type Creation, madeBy } from '../setup/creations.ts';
import type { Made } from '../setup/setup.ts';

/** When the kill comes: at so many acknowledgements to the first client, or so long after the first of all. */
export type KillMoment = { readonly answers: number } | { readonly afterMs: number };

interface Killed {
  readonly made: readonly Made[];
  /** What had no answer when the kill came: it may be there or not. */
  readonly unanswered: readonly Creation[];
}

/** Every client creates one thing after the other, and meanwhile everything is killed. */
export async function killedUnderLoad(
  { backend, signal }: Pick<ProbeContext, 'backend' | 'signal'>,
  plans: readonly (readonly Creation[])[],
  moment: KillMoment,
): Promise<Killed> {
  const made: Made[] = [];
  const unanswered: Creation[] = [];
  let over = false;
  let killing: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  const kill = (): void => {
    over = true;
    killing ??= backend.kill();
    // It is waited for below, once the others have ended.
    killing.catch(() => undefined);
  };
  const work = async (plan: readonly Creation[], isFirst: boolean): Promise<void> => {
    let answers = 0;
    for (const creation of plan) {
      if (over || signal.aborted) break;
      const exchange = await backend.send(creation.request, { timeoutMs: 10_000, signal });
      if (exchange.response === undefined) unanswered.push(creation);
      const one = madeBy(creation, exchange);
      if (one === null) continue;
      made.push(one);
      answers += 1;
      if ('afterMs' in moment) timer ??= setTimeout(kill, moment.afterMs);
      // At the moment of the answer: nothing that is still under way may get through.
      else if (isFirst && answers === moment.answers) kill();
    }
    // Also when too few were acknowledged: then at the end of what there was to send.
    if (isFirst && 'answers' in moment) kill();
  };
  try {
    await Promise.all(plans.map((plan, client) => work(plan, client === 0)));
  } finally {
    clearTimeout(timer);
  }
  kill();
  await killing;
  return { made, unanswered };
}
