import type { Json, Wire } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { statementsOf } from '../kit/database/statements-for-tests.ts';
import { firstOf, judged, recorded, todo } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, scripted } from '../kit/testing/scripted-for-tests.ts';
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

  it('has nothing to say of lists that ask no database', () => {
    const silent = { ...grown.large, statements: [] };
    expect(judged(check, { ...failing, lists: [{ ...grown, small: silent, large: silent }] }).status).toBe(
      'not-applicable',
    );
  });

  /** Probes a list of todos; `asks` tells what the backend asks its database for it, the how many-th time since the last one was made. */
  const probed = async (asks: (rows: number, times: number) => readonly string[], page = 99) => {
    const said: string[] = [];
    const items: Json[] = [];
    let times = 0;
    const backend = scripted((line) => {
      if (line.startsWith('POST')) {
        times = 0;
        items.push({ id: items.length + 1 });
        return [201, { id: items.length }];
      }
      said.push(...asks(Math.min(items.length, page), (times += 1)));
      return [200, { items: items.slice(0, page), next: null }];
    });
    const wire: Partial<Wire> = {
      idle: async () => undefined,
      mark: () => said.length as never,
      since: (mark) => statementsOf(...said).slice(Number(mark)),
    };
    return judged(check, await check.probe(contextOf(todo, { ...backend, wire: wire as Wire })));
  };
  const list = 'SELECT * FROM todos';
  const tags = (rows: number) => Array.from({ length: rows }, (_, at) => `SELECT name FROM tags WHERE id = ${at}`);

  it('sees what a list asks before its answer is kept in a cache', async () => {
    const { findings } = await probed((rows, times) => (times === 1 ? [list, ...tags(rows)] : []));
    expect(findings).toMatchObject([{ key: 'listTodos SELECT name FROM tags WHERE id = ?' }]);
  });

  it('sees it on pages of ten, of their own accord', async () => {
    const { findings } = await probed((rows) => [list, ...tags(rows)], 10);
    expect(findings).toMatchObject([{ title: expect.stringContaining('4 times for 4 rows and 10 times for 10') }]);
    expect((await probed(() => [list], 10)).status).toBe('passed');
    expect((await probed(() => [list], 6)).status).toBe('undecided');
  });

  it('takes no job that runs meanwhile for the list: it asks again', async () => {
    expect((await probed((rows, times) => [list, ...(rows > 8 && times === 2 ? tags(rows) : [])])).status).toBe(
      'passed',
    );
    expect((await probed((rows) => [list, ...tags(rows)])).status).toBe('failed');
  });

  it('is undecided when no list could be made longer', () => {
    expect(judged(check, { lists: [], unfilled: [], trouble: null }).status).toBe('undecided');
    expect(judged(check, { lists: [], unfilled: ['listTodos'], trouble: 'POST /todos answered 401' })).toMatchObject({
      status: 'undecided',
      reason: 'listTodos could not be made longer: POST /todos answered 401',
    });
  });
});
