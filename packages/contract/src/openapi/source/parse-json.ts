import type { Json } from '../../vocabulary/json.ts';
import { maximumDepth, type Offsets, setMember } from './parsed-source.ts';
import type { SourceText } from './source-text.ts';
import { syntaxFault } from './syntax-fault.ts';

const blank = /[ \t\r\n]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const string = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4})|[\u007f-\u009f])*"/uy;
const commentStart = /\/[/*]/y;
const word = /[\w$+.-]+/y;
const literals: Readonly<Record<string, Json>> = { true: true, false: false, null: null };

/**
 * Reads JSON with the offset of every member. `JSON.parse` tells neither offsets nor duplicate keys, and a duplicate key in a contract
 * silently drops an operation.
 */
export function parseJson(source: SourceText): { readonly root: Json; readonly offsets: Offsets } {
  const parser = new JsonParser(source);
  const root = parser.document();
  return { root, offsets: parser.offsets };
}

class JsonParser {
  readonly offsets: Offsets = new Map();
  readonly #source: SourceText;
  readonly #text: string;
  #at = 0;
  /** The first comma with nothing after it. It is read over, so that a comment further down is found first. */
  #trailingComma: number | null = null;

  constructor(source: SourceText) {
    this.#source = source;
    this.#text = source.text;
  }

  document(): Json {
    this.#skipBlank();
    const root = this.#value(0);
    this.#skipBlank();
    if (this.#at < this.#text.length) throw this.#unexpected('the end of the document');
    if (this.#trailingComma !== null)
      throw syntaxFault(this.#source, this.#trailingComma, 'JSON has no trailing commas, and nothing follows this one');
    return root;
  }

  #value(depth: number): Json {
    if (depth > maximumDepth) throw this.#fault(`nested more than ${maximumDepth} levels deep`);
    const first = this.#text[this.#at];
    if (first === '{') return this.#object(depth);
    if (first === '[') return this.#array(depth);
    if (first === '"') return this.#string();
    const digits = this.#match(number);
    if (digits !== null) return Number(digits);
    const literal = this.#peek(word);
    if (literal !== null && Object.hasOwn(literals, literal)) {
      this.#at += literal.length;
      return literals[literal] ?? null;
    }
    throw this.#unexpected('a value');
  }

  #object(depth: number): Json {
    const object: Record<string, Json> = {};
    const offsets = new Map<string, number>();
    this.offsets.set(object, offsets);
    this.#at += 1;
    this.#skipBlank();
    if (this.#take('}')) return object;
    for (;;) {
      const start = this.#at;
      if (this.#text[start] !== '"') throw this.#unexpected('a key in double quotes');
      const key = this.#string();
      const before = offsets.get(key);
      if (before !== undefined) throw duplicateKey(this.#source, key, before, start);
      offsets.set(key, start);
      this.#skipBlank();
      if (!this.#take(':')) throw this.#unexpected('`:`');
      this.#skipBlank();
      setMember(object, key, this.#value(depth + 1));
      this.#skipBlank();
      if (this.#take('}')) return object;
      if (!this.#take(',')) throw this.#unexpected('`,` or `}`');
      if (this.#endsAfterComma('}')) return object;
    }
  }

  #array(depth: number): Json {
    const array: Json[] = [];
    const offsets = new Map<string, number>();
    this.offsets.set(array, offsets);
    this.#at += 1;
    this.#skipBlank();
    if (this.#take(']')) return array;
    for (;;) {
      offsets.set(String(array.length), this.#at);
      array.push(this.#value(depth + 1));
      this.#skipBlank();
      if (this.#take(']')) return array;
      if (!this.#take(',')) throw this.#unexpected('`,` or `]`');
      if (this.#endsAfterComma(']')) return array;
    }
  }

  #string(): string {
    // Most strings hold no escape, and cutting them out is much faster than a regular expression over each character.
    const close = this.#text.indexOf('"', this.#at + 1);
    const plain = this.#text.slice(this.#at + 1, close === -1 ? this.#at + 1 : close);
    if (close !== -1 && !/[\\\p{Cc}]/u.test(plain)) {
      this.#at = close + 1;
      return plain;
    }
    const quoted = this.#match(string);
    if (quoted === null)
      throw this.#fault('this string does not end, or holds a raw control character or an unknown escape');
    const value: unknown = JSON.parse(quoted);
    return String(value);
  }

  #peek(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0] ?? null;
  }

  #match(pattern: RegExp): string | null {
    const found = this.#peek(pattern);
    if (found !== null) this.#at += found.length;
    return found;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #endsAfterComma(end: string): boolean {
    const comma = this.#at - 1;
    this.#skipBlank();
    if (!this.#take(end)) return false;
    this.#trailingComma ??= comma;
    return true;
  }

  #skipBlank(): void {
    this.#match(blank);
    const comment = this.#peek(commentStart);
    if (comment !== null) throw this.#fault(`JSON has no comments, and \`${comment}\` begins one`);
  }

  #unexpected(expected: string): Error {
    if (this.#at >= this.#text.length) return this.#fault(`the document ends where ${expected} should stand`);
    const found = this.#peek(word) ?? this.#text[this.#at] ?? '';
    return this.#fault(`expected ${expected}, found \`${found}\``);
  }

  #fault(what: string): Error {
    return syntaxFault(this.#source, this.#at, what);
  }
}

export function duplicateKey(source: SourceText, key: string, first: number, second: number): Error {
  return syntaxFault(
    source,
    second,
    `the key \`${key}\` stands twice in the same object; first on line ${source.position(first).line}`,
  );
}
