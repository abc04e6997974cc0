import type { Json, RequestCase } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { pinned } from './pin.ts';

const request: RequestCase = {
  operation: 'create',
  path: { id: 1 },
  query: { limit: 2 },
  headers: { 'X-Org': 'a' },
  cookies: {},
  body: {
    mediaType: 'application/json',
    value: { title: 'tea', 'a/b~c': 1, from: { id: 3 }, items: [{ id: 4 }, { id: 5 }] },
  },
};

const bodyAfter = (target: string, value: Json): Json | undefined => pinned(request, target, value).body?.value;

describe('pinned', () => {
  it('puts a value at a parameter', () => {
    expect(pinned(request, 'path:id', 9).path).toEqual({ id: 9 });
    expect(pinned(request, 'query:q', 'x').query).toEqual({ limit: 2, q: 'x' });
    expect(pinned(request, 'header:X-Org', 'b').headers).toEqual({ 'X-Org': 'b' });
  });

  it('puts a value into the body and leaves the rest', () => {
    expect(bodyAfter('body:/from/id', 9)).toMatchObject({ title: 'tea', from: { id: 9 } });
    expect(bodyAfter('body:/a~1b~0c', 9)).toMatchObject({ 'a/b~c': 9 });
    expect(bodyAfter('body:/items/1/id', 9)).toMatchObject({ items: [{ id: 4 }, { id: 9 }] });
    expect(bodyAfter('body:/items/*/id', 9)).toMatchObject({ items: [{ id: 9 }, { id: 9 }] });
  });

  it('fills a list of ids with the one that there is', () => {
    const ids: RequestCase = { ...request, body: { mediaType: 'application/json', value: { ids: [1, 2] } } };
    expect(pinned(ids, 'body:/ids', 9).body?.value).toEqual({ ids: [9, 9] });
    expect(pinned(ids, 'body:/ids', [7]).body?.value).toEqual({ ids: [7] });
  });

  it('changes nothing in the case it was given, and nothing where there is no place', () => {
    const before = structuredClone(request);
    pinned(request, 'body:/items/*/id', 9);
    pinned(request, 'path:id', 9);
    expect(request).toEqual(before);
    expect(bodyAfter('body:/title/deep', 9)).toEqual(request.body?.value);
    const { body: _none, ...bare } = request;
    expect(pinned(bare, 'body:/title', 9)).toEqual(bare);
    expect(pinned(request, 'elsewhere:x', 9)).toEqual(request);
  });
});
