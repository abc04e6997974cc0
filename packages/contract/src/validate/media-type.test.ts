import { describe, expect, it } from 'vitest';
import { findContent, isJsonMediaType, mediaTypeName, mediaTypeParameters } from './media-type.ts';

const content = (...mediaTypes: readonly string[]) => mediaTypes.map((mediaType) => ({ mediaType }));

describe('media types', () => {
  it('are compared without case and parameters', () => {
    expect(mediaTypeName('Application/JSON ; charset=utf-8')).toBe('application/json');
    expect(findContent(content('application/json'), 'application/JSON;charset=UTF-8')).toEqual({
      mediaType: 'application/json',
    });
  });

  it('are found in their closest entry', () => {
    const documented = content('*/*', 'application/*', 'application/*+json', 'application/problem+json');
    expect(findContent(documented, 'application/problem+json')?.mediaType).toBe('application/problem+json');
    expect(findContent(documented, 'application/hal+json')?.mediaType).toBe('application/*+json');
    expect(findContent(documented, 'application/xml')?.mediaType).toBe('application/*');
    expect(findContent(documented, 'text/html')?.mediaType).toBe('*/*');
    expect(findContent(content('application/json'), 'text/html')).toBeUndefined();
  });

  it('are JSON by name or suffix', () => {
    expect(
      ['application/json', 'text/json', 'application/problem+json; a=b', 'application/jsonp', 'text/plain'].map(
        isJsonMediaType,
      ),
    ).toEqual([true, true, true, false, false]);
  });
});

it('parameters keep their values as they are written, whatever is in quotes', () => {
  expect(mediaTypeParameters('a/b; Profile="https://Shop.example/V1;y=1" ;q=2;q=3')).toEqual({
    profile: 'https://Shop.example/V1;y=1',
    q: '2',
  });
});
