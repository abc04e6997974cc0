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
