import { describe, expect, it } from 'vitest';
import { documentAddress, documentInScript, setUpScript } from './served-page.ts';

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

describe('a page of Swagger UI that a script sets up', () => {
  it('names the script', () => {
    expect(setUpScript('<script src="./swagger-ui-init.js"> </script>', '/api-docs/')).toBe(
      '/api-docs/swagger-ui-init.js',
    );
    expect(setUpScript('<script src="https://cdn.example/swagger-initializer.js"></script>', '/docs')).toBeNull();
  });

  it('has the document in it', () => {
    const document = { openapi: '3.0.0', info: { title: 'a "{" b\\' }, paths: { '/x': {} } };
    const script = `window.onload = function() { var options = {\n  "swaggerDoc": ${JSON.stringify(document, null, 2)},\n  "customOptions": {} };\n url = options.swaggerUrl || url }`;
    expect(JSON.parse(documentInScript(script) ?? '')).toEqual(document);
    expect(documentInScript('var options = { "swaggerDoc": { "a": "')).toBeNull();
    expect(documentAddress('var options = {\n  "swaggerUrl": "/v1/openapi.yaml" }', '/docs/')).toBe('/v1/openapi.yaml');
  });
});
