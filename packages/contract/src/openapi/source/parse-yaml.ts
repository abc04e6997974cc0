import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { Fault } from '../../vocabulary/fault.ts';
import { isJsonObject, type Json } from '../../vocabulary/json.ts';
import { duplicateKey } from './parse-json.ts';
import { maximumDepth, type Offsets, setMember } from './parsed-source.ts';
import type { SourceText } from './source-text.ts';
import { syntaxFault } from './syntax-fault.ts';

/** Aliases share what they name, but whoever walks the document walks it each time: a few lines can stand for billions of nodes. */
const maximumNodes = 2_000_000;

/** Reads YAML 1.2 with the offset of every member. Duplicate keys are looked for here: `200` and `'200'` are the same key of a contract. */
export function parseYaml(source: SourceText): { readonly root: Json; readonly offsets: Offsets } {
  const document = parse(source);
  const error = document.errors[0];
  if (error !== undefined) {
    const quoted = error.code === 'MISSING_CHAR' ? unindented(source.text, error.pos[0]) : null;
    if (quoted !== null)
      throw syntaxFault(
        source,
        quoted,
        'the text that begins here goes on in the next line, which must be indented further',
      );
    throw syntaxFault(source, error.pos[0], describe(error.code, error.message));
  }
  const converter = new Converter(source);
  const root = document.contents === null ? null : converter.value(document.contents, 0);
  return { root, offsets: converter.offsets };
}

function parse(source: SourceText) {
  try {
    return parseDocument(source.text, { uniqueKeys: false, prettyErrors: false });
  } catch (error) {
    if (error instanceof RangeError)
      throw new Fault('bad-contract', `${source.name}:1:1: nested too deeply to be read`, undefined, { cause: error });
    throw error;
  }
}

function describe(code: string, message: string): string {
  if (code === 'TAB_AS_INDENT') return 'YAML is indented with spaces; this is a tab';
  if (code === 'MULTIPLE_DOCS') return 'a second YAML document begins here; a contract is one document';
  if (code === 'BLOCK_AS_IMPLICIT_KEY')
    return 'a key cannot stand here: either the indentation is wrong, or a text with `: ` in it needs quotes';
  if (/call stack/i.test(message)) return `nested more than ${maximumDepth} levels deep`;
  return message.charAt(0).toLowerCase() + message.slice(1);
}

/**
 * Where a quoted text begins that ends further down, in a line that stands as far left as its key: other readers of YAML take it. Null where the quote that is
 * missing is missing: the next line is a member of its own.
 */
function unindented(text: string, end: number): number | null {
  const start = text.lastIndexOf('\n', end - 1) + 1;
  const line = text.slice(start, end);
  const next = /^\n([^\n]*)/.exec(text.slice(end))?.[1] ?? '';
  const opening = /^[^"']*?:\s+(?=["'])/.exec(line)?.[0].length;
  const indentation = (each: string) => each.search(/\S/);
  const goesOn = next.trim() !== '' && !/^\s*(?:-\s|["']?[\w$./{}-]+["']?\s*:(?:\s|$))/.test(next);
  return opening !== undefined && goesOn && indentation(next) <= indentation(line) ? start + opening : null;
}

interface Anchored {
  readonly value: Json;
  readonly nodes: number;
}

class Converter {
  readonly offsets: Offsets = new Map();
  readonly #source: SourceText;
  /** An anchor whose node is still being read is `null`: an alias to it would be a circle. */
  readonly #anchors = new Map<string, Anchored | null>();
  #nodes = 0;

  constructor(source: SourceText) {
    this.#source = source;
  }

  value(node: unknown, depth: number): Json {
    if (isAlias(node)) return this.#alias(node.source, offsetOf(node));
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return null;
    if (depth > maximumDepth)
      throw syntaxFault(this.#source, offsetOf(node), `nested more than ${maximumDepth} levels deep`);
    this.#nodes += 1;
    if (node.anchor === undefined) return this.#content(node, depth);
    const before = this.#nodes;
    this.#anchors.set(node.anchor, null);
    const value = this.#content(node, depth);
    this.#anchors.set(node.anchor, { value, nodes: this.#nodes - before + 1 });
    return value;
  }

  #content(node: YAMLMap | YAMLSeq | Scalar, depth: number): Json {
    if (isMap(node)) return this.#map(node, depth);
    if (isSeq(node)) return this.#sequence(node, depth);
    return scalar(node);
  }

  #alias(anchor: string, offset: number): Json {
    const known = this.#anchors.get(anchor);
    if (known === undefined)
      throw syntaxFault(this.#source, offset, `the alias \`*${anchor}\` has no anchor before it`);
    if (known === null) throw syntaxFault(this.#source, offset, `the alias \`*${anchor}\` stands inside what it names`);
    this.#nodes += known.nodes;
    if (this.#nodes > maximumNodes)
      throw syntaxFault(
        this.#source,
        offset,
        `with its aliases written out the document has more than ${maximumNodes} nodes`,
      );
    return known.value;
  }

  #map(map: YAMLMap, depth: number): Json {
    const object: Record<string, Json> = {};
    const offsets = new Map<string, number>();
    const merged: { readonly value: Json; readonly offset: number }[] = [];
    this.offsets.set(object, offsets);
    for (const pair of map.items) {
      const offset = offsetOf(pair.key);
      const key = this.#key(pair, offset);
      const value = this.value(pair.value, depth + 1);
      if (key === '<<' && isMergeable(value)) {
        merged.push({ value, offset });
        continue;
      }
      const before = offsets.get(key);
      if (before !== undefined) throw duplicateKey(this.#source, key, before, offset);
      offsets.set(key, offset);
      setMember(object, key, value);
    }
    for (const { value, offset } of merged) this.#merge(object, offsets, value, offset);
    return object;
  }

  #merge(object: Record<string, Json>, offsets: Map<string, number>, from: Json, offset: number): void {
    for (const source of Array.isArray(from) ? from : [from]) {
      if (!isJsonObject(source)) continue;
      for (const [key, value] of Object.entries(source)) {
        if (Object.hasOwn(object, key)) continue;
        offsets.set(key, this.offsets.get(source)?.get(key) ?? offset);
        setMember(object, key, value);
      }
    }
  }

  #key(pair: Pair, offset: number): string {
    const { key } = pair;
    if (isAlias(key)) return String(this.#alias(key.source, offset));
    if (!isScalar(key)) throw syntaxFault(this.#source, offset, 'a key must be a plain value, not a list or an object');
    return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
  }

  #sequence(sequence: YAMLSeq, depth: number): Json {
    const array: Json[] = [];
    const offsets = new Map<string, number>();
    this.offsets.set(array, offsets);
    for (const item of sequence.items) {
      offsets.set(String(array.length), offsetOf(item));
      array.push(this.value(item, depth + 1));
    }
    return array;
  }
}

function isMergeable(value: Json): boolean {
  return isJsonObject(value) || (Array.isArray(value) && value.length > 0 && value.every(isJsonObject));
}

/** What JSON has no word for (`.inf`, binary data) stays as it was written. */
function scalar(node: Scalar): Json {
  const { value } = node;
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return node.source ?? null;
}

function offsetOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
