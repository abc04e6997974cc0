import { describe, expect, it } from 'vitest';
import { firstOf, judged, recorded } from '../kit/recordings-for-tests.ts';
import { check } from './no-n-plus-one.ts';

describe(check.id, () => {
  const passing = recorded(check, 'pass');
  const failing = recorded(check, 'fail');
  const grown = firstOf(failing.lists);

  it('passes a list that asks once', () => {
    expect(judged(check, passing)).toMatchObject({ status: 'passed', reason: '1 list asked for at two lengths' });
  });

  it('tells of a statement that runs once for each row', () => {
    const template = 'SELECT name FROM todo_tags WHERE todo_id = ? ORDER BY position';
    expect(judged(check, failing).findings).toEqual([
      {
        severity: 'high',
        key: `listTodos ${template}`,
        title: `listTodos ran one statement 8 times for 8 rows and 16 times for 16: ${template}`,
      },
    ]);
  });

  it('sees it when the values stand in the text', () => {
    const inText = <T extends { readonly text: string }>(statements: readonly T[]): readonly T[] =>
      statements.map((one, index) => ({ ...one, text: one.text.replace('$1', String(index)) }));
    const lists = [
      {
        ...grown,
        small: { ...grown.small, statements: inText(grown.small.statements) },
        large: { ...grown.large, statements: inText(grown.large.statements) },
      },
    ];
    expect(judged(check, { ...failing, lists }).status).toBe('failed');
  });

  it('does not mind many statements that do not grow: growth is the proof', () => {
    const lists = [{ ...grown, small: { ...grown.small, statements: grown.large.statements } }];
    expect(judged(check, { ...failing, lists }).status).toBe('passed');
  });

  it('does not mind one statement whose list of values grows', () => {
    const one = firstOf(grown.large.statements);
    const asked = (count: number) => [
      {
        ...one,
        text: `SELECT name FROM todo_tags WHERE todo_id IN (${Array.from({ length: count }, (_, index) => `$${index + 1}`).join(', ')})`,
      },
    ];
    const lists = [
      { ...grown, small: { ...grown.small, statements: asked(8) }, large: { ...grown.large, statements: asked(16) } },
    ];
    expect(judged(check, { ...failing, lists }).status).toBe('passed');
  });

  it('is undecided when no list could be made longer', () => {
    expect(judged(check, { lists: [], unfilled: [], trouble: null }).status).toBe('undecided');
    expect(judged(check, { lists: [], unfilled: ['listTodos'], trouble: 'POST /todos answered 401' })).toMatchObject({
      status: 'undecided',
      reason: 'listTodos could not be made longer: POST /todos answered 401',
    });
  });
});
