import { statementsOf } from '../database/statements-for-tests.ts';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { pointsOf } from './interleave-points.ts';
import type { Facts, Outcome, Trial } from './trial.ts';

interface TrialChange {
  readonly serial?: readonly [Facts, Facts, Facts];
  readonly facts?: Facts;
  readonly statuses?: readonly [number, number];
  readonly serialStatuses?: readonly [number, number];
  /** The table that both put rows into, and the one that a refused one does all the same. */
  readonly inserted?: string;
  readonly insertedByRefused?: string;
}

/** Two PATCH requests of which the first was held before its write. `facts` are those of every run that `change` does not tell otherwise. */
export function trialOf(facts: Facts, change: TrialChange = {}): Trial {
  const outcome = (shown: Facts, [first, second]: readonly [number, number]): Outcome => ({
    first: { ...exchangeOf('PATCH /todos/1', first), startedAt: 0, durationMs: 9 },
    second: { ...exchangeOf('PATCH /todos/1', second), startedAt: 3, durationMs: 2 },
    facts: shown,
    reads: [],
    inserted: [[], []],
  });
  const refused = change.insertedByRefused === undefined ? [] : [change.insertedByRefused];
  const both = change.inserted === undefined ? [] : [change.inserted];
  const inTurn = change.serialStatuses ?? [200, 200];
  const [one, again, reversed] = change.serial ?? [facts, facts, facts];
  const statements = statementsOf('SELECT * FROM todos', 'UPDATE todos SET title = $1');
  return {
    serial: [
      { ...outcome(one, inTurn), inserted: [both, refused] },
      { ...outcome(again, inTurn), inserted: [both, refused] },
      { ...outcome(reversed, [inTurn[1], inTurn[0]]), inserted: [refused, both] },
    ],
    point: pointsOf(statements)[1] ?? null,
    interleaved: {
      ...outcome(change.facts ?? facts, change.statuses ?? [200, 200]),
      inserted: [both, both],
      held: { connection: 1, text: 'UPDATE todos SET title = $1', releasedAt: 6, because: 'answered' },
      statements: [
        ...statements.map((statement) => ({ ...statement, lane: 0 as const })),
        ...statementsOf('UPDATE todos SET notes = $1').map((one) => ({
          ...one,
          id: 3,
          connection: 2,
          startedAt: 4,
          lane: 1 as const,
        })),
      ],
    },
  };
}
