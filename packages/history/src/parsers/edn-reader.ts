import { HistoryError } from '../history-error.ts';
import { keyOf, type Value } from '../value.ts';

/** One form of an EDN text with the line it begins on. */
export interface EdnForm {
  readonly line: number;
  readonly value: Value;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '"': '"', '\\': '\\' };
const characters: Readonly<Record<string, string>> = { newline: '\n', space: ' ', tab: '\t', return: '\r' };
const closing = { '(': ')', '[': ']', '{': '}' } as const;
const deepest = 500;

/**
 * Reads EDN into plain values: keywords and symbols become their names, sets and lists arrays, tags are dropped, integers that a number
 * cannot hold become their digits.
 */
export class EdnReader {
  readonly #text: string;
  #at = 0;
  #line: number;
  #depth = 0;

  constructor(text: string, firstLine = 1) {
    this.#text = text;
    this.#line = firstLine;
  }

  /** The next form, or null at the end. */
  next(): EdnForm | null {
    this.#skip();
    if (this.#at >= this.#text.length) return null;
    const line = this.#line;
    return { line, value: this.#form() };
  }

  /** The text after the last form, without the blanks around it. */
  rest(): string {
    return this.#text.slice(this.#at).trim();
  }

  /**
   * The forms within one list or vector that holds everything, or else all the forms there are.
   */
  items(): readonly EdnForm[] {
    this.#skip();
    const open = this.#text[this.#at];
    if (open !== '[' && open !== '(') return this.#until(null);
    this.#at++;
    const forms = this.#until(closing[open]);
    this.#skip();
    if (this.#at < this.#text.length) throw this.#error(`the end of the text after the closing ${closing[open]}`);
    return forms;
  }

  #until(close: string | null): readonly EdnForm[] {
    const forms: EdnForm[] = [];
    const opened = this.#line;
    for (;;) {
      this.#skip();
      const char = this.#text[this.#at];
      if (char === undefined && close !== null)
        throw new HistoryError(this.#line, `${close} to close what line ${opened} opened`, 'the end of the text');
      if (char === undefined || char === close) break;
      const line = this.#line;
      forms.push({ line, value: this.#form() });
    }
    this.#at += close === null ? 0 : 1;
    return forms;
  }

  #form(): Value {
    return this.#deeper(() => this.#read());
  }

  #deeper<T>(read: () => T): T {
    if (++this.#depth > deepest) throw this.#error(`at most ${deepest} nested forms`);
    const value = read();
    this.#depth--;
    return value;
  }

  #read(): Value {
    const char = this.#text[this.#at] ?? '';
    switch (char) {
      case '(':
      case '[':
        this.#at++;
        return this.#until(closing[char]).map((form) => form.value);
      case '{':
        this.#at++;
        return this.#map();
      case '"':
        this.#at++;
        return this.#string();
      case '\\':
        return this.#character();
      case '#':
        return this.#dispatch();
      case ')':
      case ']':
      case '}':
      case '':
        throw this.#error('a value');
      default:
        return this.#atom();
    }
  }

  #map(): Value {
    const forms = this.#until('}');
    if (forms.length % 2 === 1)
      throw new HistoryError(forms.at(-1)?.line ?? this.#line, 'a value for each key of the map', 'a key without one');
    const entries: [string, Value][] = [];
    for (let i = 0; i < forms.length; i += 2) {
      const key = forms[i]?.value ?? null;
      entries.push([typeof key === 'string' ? key : keyOf(key), forms[i + 1]?.value ?? null]);
    }
    return Object.fromEntries(entries);
  }

  #string(): string {
    const opened = this.#line;
    let text = '';
    for (;;) {
      const char = this.#text[this.#at++];
      if (char === undefined)
        throw new HistoryError(this.#line, `" to close the text that line ${opened} opened`, 'the end of the text');
      if (char === '"') return text;
      if (char === '\n') this.#line++;
      if (char !== '\\') {
        text += char;
        continue;
      }
      const escape = this.#text[this.#at++] ?? '';
      const hex = escape === 'u' ? this.#text.slice(this.#at, this.#at + 4) : '';
      if (/^[0-9a-fA-F]{4}$/.test(hex)) {
        text += String.fromCharCode(Number.parseInt(hex, 16));
        this.#at += 4;
      } else if (Object.hasOwn(escapes, escape)) text += escapes[escape];
      else throw this.#error('an escape that EDN knows', `\\${escape}`);
    }
  }

  #character(): string {
    const [, name = ''] = /^\\(\w+|[^\s])/.exec(this.#text.slice(this.#at, this.#at + 20)) ?? [];
    this.#at += 1 + name.length;
    if (/^u[0-9a-fA-F]{4}$/.test(name)) return String.fromCharCode(Number.parseInt(name.slice(1), 16));
    return Object.hasOwn(characters, name)
      ? (characters[name] ?? name)
      : name.length === 1
        ? name
        : this.#fail('a character', `\\${name}`);
  }

  #dispatch(): Value {
    const next = this.#text[this.#at + 1];
    if (next === '{') {
      this.#at += 2;
      // A set has no order: however it is written, it is the same.
      const members = this.#until('}').map(({ value }) => ({ value, key: keyOf(value) }));
      return members.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ value }) => value);
    }
    // `#_` was skipped before; what remains is a tag, such as #inst or #jepsen.history.Op, or the namespace of a map.
    this.#at++;
    if (next === undefined || !/[A-Za-z:#]/.test(next))
      return this.#fail('a set or a tag after #', next ?? 'the end of the text');
    if (next === '#') {
      const [special = ''] = /^#(Inf|-Inf|NaN)/.exec(this.#text.slice(this.#at, this.#at + 6)) ?? [];
      this.#at += special.length;
      return special === ''
        ? this.#fail('##Inf, ##-Inf or ##NaN', this.#text.slice(this.#at, this.#at + 6))
        : special.slice(1);
    }
    this.#token();
    this.#skip();
    return this.#form();
  }

  #atom(): Value {
    const token = this.#token();
    if (token === 'nil') return null;
    if (token === 'true' || token === 'false') return token === 'true';
    if (/^[+-]?\d+N?$/.test(token)) {
      const digits = token.replace(/^\+|N$/g, '');
      return Number.isSafeInteger(Number(digits)) ? Number(digits) : digits;
    }
    if (/^[+-]?0[xX][0-9a-fA-F]+N?$/.test(token)) return hexadecimal(token);
    if (/^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?M?$/.test(token)) return Number(token.replace(/M$/, ''));
    if (/^[+-]?\d/.test(token) && !/^[+-]?\d+\/\d+$/.test(token)) return this.#fail('a number', token);
    return token.startsWith(':') && token.length > 1 ? token.slice(1) : token;
  }

  #token(): string {
    const pattern = /[^\s,()[\]{}"\\;]+/y;
    pattern.lastIndex = this.#at;
    const [token = ''] = pattern.exec(this.#text) ?? [];
    if (token === '') return this.#fail('a value', this.#text[this.#at] ?? 'the end of the text');
    this.#at += token.length;
    return token;
  }

  /** Past blanks, commas, comments, and forms that `#_` discards. */
  #skip(): void {
    for (;;) {
      const char = this.#text[this.#at];
      if (char === '\n') this.#line++;
      if (char === ';') {
        const end = this.#text.indexOf('\n', this.#at);
        this.#at = end === -1 ? this.#text.length : end;
      } else if (char === '#' && this.#text[this.#at + 1] === '_') {
        this.#at += 2;
        this.#deeper(() => {
          this.#skip();
          this.#form();
        });
      } else if (char !== undefined && /[\s,\uFEFF]/.test(char)) this.#at++;
      else return;
    }
  }

  #fail(expected: string, found: string): never {
    throw this.#error(expected, found);
  }

  #error(expected: string, found?: string): HistoryError {
    return new HistoryError(this.#line, expected, found ?? this.#text[this.#at] ?? 'the end of the text');
  }
}

function hexadecimal(token: string): Value {
  const digits = BigInt(token.replace(/^[+-]|N$/g, '')) * (token.startsWith('-') ? -1n : 1n);
  return Number.isSafeInteger(Number(digits)) ? Number(digits) : String(digits);
}
