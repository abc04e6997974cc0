import type { PlannedAct, Run } from './run.ts';
import type { RuleSet } from './rules.ts';

export type Course = 'go' | 'cut' | 'fail';

/** The rules that speak about the run, in their order, each with the first statement it matches. */
export function planActs(rules: RuleSet, run: Run, connection: number): readonly PlannedAct[] {
  const acts: PlannedAct[] = [];
  for (let piece = 0; piece < run.pieces; piece += 1) {
    const statement = run.matched(piece, connection);
    for (const rule of rules.matching(statement)) {
      if (!acts.some((act) => act.rule === rule)) acts.push({ rule, piece, hit: { connection, text: statement.text } });
    }
  }
  return acts;
}

/**
 * Does what the rules say, one after the other, and then calls `done`, at once when none of them waits. What must be done later, when
 * the database has answered, is noted in the run. Returns how to give up.
 */
export function followRules(acts: readonly PlannedAct[], run: Run, done: (course: Course) => void): () => void {
  let next = 0;
  let giveUp = (): void => {};
  const step = (): void => {
    for (let act = acts[next]; act !== undefined; act = acts[next]) {
      next += 1;
      const { rule, hit } = act;
      const { spec } = rule;
      if (!rule.active) continue;
      if (spec.do === 'hold' || spec.do === 'delay') {
        if (!rule.take(hit)) continue;
        giveUp = rule.wait(step);
        return;
      }
      if (spec.do === 'cut' && spec.when === 'after') run.cutAfter ??= act;
      if (spec.do === 'cut' && spec.when === 'before' && rule.take(hit)) {
        done('cut');
        return;
      }
      if (spec.do === 'fail' && rule.take(hit)) {
        run.failAt = { ...act, code: spec.code, message: spec.message };
        done('fail');
        return;
      }
    }
    done('go');
  };
  step();
  return () => giveUp();
}
