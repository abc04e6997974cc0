import { describe, expect, it } from 'vitest';
import { brokenJson } from './broken-json.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parses(body: string | Uint8Array): boolean {
  try {
    JSON.parse(typeof body === 'string' ? body : utf8.decode(body));
    return true;
  } catch {
    return false;
  }
}

describe('brokenJson', () => {
  it('never makes JSON', () => {
    for (const [value, free] of [
      [{ title: "it's", position: 3 }, 'title'],
      [{ "o'clock": null }, null],
      [{}, null],
      [[1, 2], null],
      ['text', null],
    ] as const) {
      for (const { flaw, body } of brokenJson(value, free)) expect(parses(body), flaw).toBe(false);
    }
  });

  it('breaks nothing but what it says', () => {
    const bodies = new Map(brokenJson({ title: 'tea', position: 3 }, 'title').map(({ flaw, body }) => [flaw, body]));
    expect(bodies.get('single quotes')).toBe(`{'title':"tea","position":3}`);
    expect(bodies.get('NaN')).toBe('{"title":"tea","position":NaN}');
    expect(bodies.get('a line break inside a string')).toBe('{"title":"b\nc","position":3}');
    expect(Buffer.from(bodies.get('bytes that are not UTF-8') ?? '').toString('latin1')).toBe(
      '{"title":"bÿþ","position":3}',
    );
  });
});
