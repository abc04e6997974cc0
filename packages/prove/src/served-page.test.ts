import { describe, expect, it } from 'vitest';
import { documentAddress } from './served-page.ts';

describe('documentAddress', () => {
  it.each([
    [
      "const ui = SwaggerUIBundle({ url: '/internal/openapi.json', dom_id: '#swagger-ui' })",
      '/docs',
      '/internal/openapi.json',
    ],
    ['SwaggerUIBundle({ "url": "../schema/?format=json" })', '/api/docs/', '/api/schema/?format=json'],
    ['<redoc spec-url="v1/spec.yaml"></redoc>', '/redoc', '/v1/spec.yaml'],
    ['<script id="api-reference" data-url="/openapi/v1.json"></script>', '/', '/openapi/v1.json'],
  ])('reads %s', (html, page, address) => {
    expect(documentAddress(html, page)).toBe(address);
  });

  it('finds none in another page', () => {
    expect(
      documentAddress('<a href="/openapi.json">Home</a><script>fetch({ url: "/todos" })</script>', '/'),
    ).toBeNull();
  });
});
