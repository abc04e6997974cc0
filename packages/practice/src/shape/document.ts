import type { Json } from '@assay/contract';
import { isCollection, isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { Path, Problem } from './shape.ts';

/** A YAML document as plain JSON, and where each of its values stands. */
export interface SourceDocument {
  readonly value: Json;
  /** `file:line:column: message`. */
  locate(problem: Problem): string;
}

/** How large a question's file may be. */
const largest = 400_000;

/** Reads a YAML text; what is no YAML at all comes back as problems with their places. */
export function readDocument(file: string, source: string): SourceDocument | { readonly problems: readonly string[] } {
  if (source.length > largest)
    return { problems: [`${file}:1:1: A question's file may have at most ${largest} characters.`] };
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const say = (offset: number, message: string): string => {
    const at = lines.linePos(offset);
    return `${file}:${Math.max(1, at.line)}:${Math.max(1, at.col)}: ${message}`;
  };
  if (document.errors.length > 0)
    return { problems: document.errors.map((error) => say(error.pos[0], `${error.message.split('\n')[0] ?? ''}`)) };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 20 });
  } catch (error) {
    return { problems: [say(0, error instanceof Error ? error.message : String(error))] };
  }
  if (!isJson(value))
    return { problems: [say(0, 'The file holds a value that JSON does not know, such as a date. Put it in quotes.')] };
  return { value, locate: (problem) => say(offsetOf(document, problem), problem.message) };
}

function isJson(value: unknown): value is Json {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true;
  if (Array.isArray(value)) return value.every(isJson);
  return (
    typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isJson)
  );
}

/** The offset of the value; of the nearest thing around it that stands in the document, when it does not. */
function offsetOf(document: Document, problem: Problem): number {
  const { path } = problem;
  if (problem.atKey === true) {
    const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
    const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined;
    const offset = isNode(pair?.key) ? pair.key.range?.[0] : undefined;
    if (offset !== undefined) return offset;
  }
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? document.contents : nodeAt(document, path.slice(0, length));
    if (isNode(node) && node.range !== undefined && node.range !== null) return node.range[0];
  }
  return 0;
}

function nodeAt(document: Document, path: Path): unknown {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  return isCollection(parent) ? parent.get(path.at(-1), true) : undefined;
}
