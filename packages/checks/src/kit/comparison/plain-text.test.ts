import { describe, expect, it } from 'vitest';
import { plain } from './plain-text.ts';

describe('plain', () => {
  it('keeps what can be seen', () => {
    expect(plain(' \u200b\u{e0041}Ann  Oak \u{1f600}\u{e0041}\u3164')).toBe('ann oak \u{1f600}');
    expect(plain('\u{e0041} ')).toBe('');
    expect(plain('\ud83d')).toBe('\ud83d');
  });
});
