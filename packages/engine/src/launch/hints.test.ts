import { describe, expect, it } from 'vitest';
import { findHint } from './hints.ts';

const hint = (...log: string[]) => findHint({ port: 8080, databasePort: 5432, log });

describe('what the log gives away', () => {
  it.each([
    ['SyntaxError: Unexpected identifier'],
    ['PHP Parse error:  syntax error, unexpected token'],
    ['  IndentationError: unexpected indent'],
  ])('%s: the source is broken', (line) => {
    expect(hint(line)?.detail).toBe('Its source has a syntax error.');
  });

  it.each([
    [`KeyError: 'JWT_SECRET'`, 'JWT_SECRET'],
    ['Error: Config validation error: "JWT_SECRET" is required', 'JWT_SECRET'],
    ['Error: JWT_SECRET environment variable is required', 'JWT_SECRET'],
    ['django.core.exceptions.ImproperlyConfigured: Set the SECRET_KEY environment variable', 'SECRET_KEY'],
    [`Could not resolve placeholder 'jwt.secret' in value "\${jwt.secret}"`, 'jwt.secret'],
    ['2026/01/01 10:00:00 API_KEY must be set', 'API_KEY'],
    ['decouple.UndefinedValueError: MAIL_FROM not found. Declare it as envvar or define a default value.', 'MAIL_FROM'],
  ])('%s: a variable of its environment is not set', (line, name) => {
    expect(hint(line)?.detail).toBe(`It needs a setting from its environment: ${name}.`);
    expect(hint(line)?.fix).toContain('`env:` in assay.yaml');
  });

  it('a warning about a variable does not hide what stopped it', () => {
    expect(hint('SENTRY_DSN is not set', 'Error: connect ECONNREFUSED 127.0.0.1:6379')?.detail).toContain('6379');
  });

  it('a database without TLS was asked for it', () => {
    expect(hint('Error: The server does not support SSL connections')?.fix).toContain('sslmode=disable');
  });

  it.each([
    ['lxml.etree.XMLSchemaParseError: The value does not resolve to a type definition.'],
    ['xml.etree.ElementTree.ParseError: mismatched tag: line 3, column 2'],
    [`SyntaxError: Expected property name or '}' in JSON at position 1`],
  ])('%s: a document is, and not the source', (line) => {
    expect(hint(line)).toBeNull();
  });
});
