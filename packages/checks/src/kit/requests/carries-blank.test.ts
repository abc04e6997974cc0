import { describe, expect, it } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { carriesBlank } from './carries-blank.ts';

const request = (line: string, sent?: object) =>
  exchangeOf(line, 400, sent === undefined ? {} : { sent: sent as never }).request;

describe('carriesBlank', () => {
  it('holds where a text is nothing but blanks', () => {
    for (const title of [' ', '\t\n', '\u00a0', '\u200b\ufeff', '\u0085'])
      expect(carriesBlank(request('POST /todos', { title }))).toBe(true);
    expect(carriesBlank(request('POST /todos', { tags: ['oak', '  '] }))).toBe(true);
    expect(carriesBlank(request('GET /todos?q=%20'))).toBe(true);
    const form = {
      ...request('POST /todos'),
      headers: [['content-type', 'application/x-www-form-urlencoded']] as const,
    };
    expect(carriesBlank({ ...form, body: { text: 'title=+&notes=oak' } })).toBe(true);
  });

  it('does not hold for an empty text, one with blanks around it, and none at all', () => {
    expect(carriesBlank(request('POST /todos', { title: '', notes: ' oak ', position: 0, at: null }))).toBe(false);
    expect(carriesBlank(request('GET /todos?q=&sort=oak'))).toBe(false);
    expect(carriesBlank(request('DELETE /todos/1'))).toBe(false);
  });
});
