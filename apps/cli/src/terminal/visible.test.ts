import { describe, expect, it } from 'vitest';
import { jsonText, oneLine, visible } from './visible.ts';

const nasty = 'red \u001b[31m, C1 \u009b2J, bell \u0007, return \r, reversed \u202eabc, line \u2028 end';

describe('visible', () => {
  it('leaves nothing that drives a terminal, and keeps tabs, line feeds and letters of any script', () => {
    // oxlint-disable-next-line no-control-regex
    expect(visible(nasty)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e\u2028]/);
    expect(visible(nasty)).toContain('red ␛[31m, C1 \\u{9b}2J');
    expect(visible('a\tb\nc äöü 日本 🎉')).toBe('a\tb\nc äöü 日本 🎉');
  });
});

describe('oneLine', () => {
  it('has no line feed', () => {
    expect(oneLine('first\n   second\r\nthird')).toBe('first second third');
  });
});

describe('jsonText', () => {
  it('holds the same value without a control character', () => {
    const text = jsonText({ nasty }, 2);
    expect(JSON.parse(text)).toEqual({ nasty });
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028]/);
  });
});
