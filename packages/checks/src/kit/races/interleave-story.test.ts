import { describe, expect, it } from 'vitest';
import { storyOf } from './interleave-story.ts';
import { trialOf } from './trials-for-tests.ts';

describe('storyOf', () => {
  it('tells both requests on one time line, with where one was held', () => {
    const { lanes, steps } = storyOf(trialOf({}).interleaved, 'note');
    expect(lanes.map(({ name, request }) => `${name} ${request}`)).toEqual(['A PATCH /todos/1', 'B PATCH /todos/1']);
    expect(steps.map(({ lane, kind, text }) => `${lane} ${kind} ${text}`)).toEqual([
      '0 sent PATCH /todos/1',
      '0 statement SELECT * FROM todos',
      '0 held UPDATE todos SET title = $1',
      '1 sent PATCH /todos/1',
      '1 statement UPDATE todos SET notes = $1',
      '1 answered 200',
      '0 released UPDATE todos SET title = $1',
      '0 answered 200',
    ]);
  });

  it('says of a statement that it waited for the other request', () => {
    const { interleaved } = trialOf({});
    const { held } = interleaved;
    const blocked = {
      ...interleaved,
      held: held === null ? null : { ...held, because: 'blocked' as const },
      statements: interleaved.statements.map((one) => (one.lane === 1 ? { ...one, durationMs: 4 } : one)),
    };
    expect(storyOf(blocked, '').steps.find(({ lane, kind }) => lane === 1 && kind === 'statement')?.result).toBe(
      'waited for the other request, then 1 row',
    );
  });
});
