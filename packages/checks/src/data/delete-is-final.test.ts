import { describe, expect, it } from 'vitest';
import { answering, failing as without, firstOf, judged, recorded, todo } from '../kit/recordings-for-tests.ts';
import { contextOf, scripted } from '../kit/scripted-for-tests.ts';
import { check } from './delete-is-final.ts';

describe(check.id, () => {
  const passing = recorded(check, 'pass');
  const deletion = firstOf(passing.deletions);
  const { read, other } = deletion;
  if (read === null || other === null) throw new Error('the recording read nothing');
  const keys = (change: Partial<typeof deletion>): readonly string[] =>
    judged(check, { deletions: [{ ...deletion, ...change }], trouble: null }).findings.map(({ key }) => key);

  it('passes a backend in which what was deleted is gone', () => {
    expect(judged(check, passing)).toMatchObject({ status: 'passed', reason: '2 deletions looked for afterwards' });
  });

  it('tells of a list that still has it', () => {
    expect(judged(check, recorded(check, 'fail')).findings).toEqual([
      {
        severity: 'high',
        key: 'todos listed',
        title:
          'A list still has what was deleted: DELETE /todos/2 answered 204, and GET /todos?limit=50 answered 200 with it',
      },
    ]);
  });

  it('tells of one that can still be read, of a second delete that fails, and of another that is gone as well', () => {
    expect(keys({ read: answering(read, 200, { body: { id: 1, title: 'tea' } }) })).toEqual(['todos read']);
    expect(keys({ again: answering(deletion.again, 500) })).toEqual(['todos again']);
    expect(keys({ again: without(deletion.again, 'reset') })).toEqual(['todos again']);
    expect(keys({ other: answering(other, 404) })).toEqual(['todos other']);
  });

  it('tells of one that is gone from the list, where it cannot be read by itself', () => {
    expect(keys({ read: null, other: null, unlisted: other })).toEqual(['todos other']);
  });

  it('deletes one of two that look alike', async () => {
    const left = new Map<string, string>();
    const byLooks = scripted((line, body) => {
      const id = line.split('/').at(-1)?.split('?')[0] ?? '';
      const looks = JSON.stringify(body ?? null);
      if (line.startsWith('POST')) return [201, { id: left.set(String(left.size + 1), looks).size }];
      if (!line.startsWith('DELETE')) return left.get(id) === '' ? [404] : [200, {}];
      const gone = left.get(id);
      for (const [one, its] of left) if (its === gone) left.set(one, '');
      return [204];
    });
    const { findings } = judged(check, await check.probe(contextOf(todo, byLooks)));
    expect(findings.map(({ key }) => key)).toContain('todos other');
  });

  it('tells the same of three deletions once', () => {
    const gone = { ...deletion, other: answering(other, 404) };
    expect(judged(check, { deletions: [gone, gone, gone], trouble: null }).findings).toHaveLength(1);
  });

  it('does not mind a tombstone that says so, nor how a second delete is answered', () => {
    expect(keys({ read: answering(read, 200, { body: { id: 1, deletedAt: '2026-01-01T00:00:00Z' } }) })).toEqual([]);
    expect(keys({ read: answering(read, 200, { body: { id: 1, status: 'deleted' } }) })).toEqual([]);
    for (const status of [204, 200, 404, 410, 409])
      expect(keys({ again: answering(deletion.again, status) })).toEqual([]);
    expect(keys({ read: null, other: null })).toEqual([]);
  });

  it('is undecided when nothing could be deleted', () => {
    expect(judged(check, { deletions: [], trouble: null }).status).toBe('undecided');
    expect(judged(check, { deletions: [], trouble: 'no todos could be deleted' }).reason).toBe(
      'no todos could be deleted',
    );
  });
});
