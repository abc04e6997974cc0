import { Fault } from '../../vocabulary/fault.ts';
import type { SourceText } from './source-text.ts';

/** The fault for a document that cannot be read: `file:line:column: what`, and the line itself. */
export function syntaxFault(source: SourceText, offset: number, what: string): Fault {
  const { line, column } = source.position(offset);
  return new Fault('bad-contract', `${source.name}:${line}:${column}: ${what}\n${source.excerpt(offset)}`);
}
