import { describe, expect, it } from 'vitest';
import { exchangeOf, firstOf, todo } from '../testing/recordings-for-tests.ts';
import { carriesOpaque } from './carries-opaque.ts';

const operation = firstOf(todo.operations);
const sent = (type: string, text: string) => ({
  ...exchangeOf('POST /files', 415).request,
  headers: [['Content-Type', type]] as const,
  body: { text },
});
const multipart = (disposition: string) =>
  sent('multipart/form-data; boundary=b', `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\noak\r\n--b--`);

describe('carriesOpaque', () => {
  it.each([
    ['image/png', 'oak'],
    ['text/csv; charset=utf-8', 'oak'],
    ['application/xml', '<oak/>'],
    ['application/json-patch+json', '[{"op":"add","path":"/oak","value":1}]'],
  ])('knows %s for what no schema describes', (type, text) => {
    expect(carriesOpaque(sent(type, text), operation)).toBe(true);
  });

  it.each([
    ['application/json', '{"title":"oak"}'],
    ['application/merge-patch+json', '{"title":"oak"}'],
    ['application/x-www-form-urlencoded', 'title=oak'],
    ['text/plain; charset=utf-8', 'oak'],
  ])('takes %s for what a schema tells', (type, text) => {
    expect(carriesOpaque(sent(type, text), operation)).toBe(false);
  });

  it('looks for files in forms', () => {
    expect(carriesOpaque(multipart('name="note"; filename="file.bin"'), operation)).toBe(true);
    expect(carriesOpaque(multipart('name="note"'), operation)).toBe(false);
  });

  it('leaves envelopes and requests without a body to be judged', () => {
    const soap = { effect: 'create' } as never;
    expect(carriesOpaque(sent('text/xml', '<Envelope/>'), { ...operation, soap })).toBe(false);
    expect(carriesOpaque(exchangeOf('GET /files', 400).request, operation)).toBe(false);
  });
});
