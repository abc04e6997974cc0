import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter, type Node, type YAMLMap } from 'yaml';
import { isJsonObject, type JsonObject } from '@assay/contract';
import { closest } from './closest.ts';

/** What a key expects, as told to a person, and how its value is read; `undefined` is "not what is expected". */
export interface Expectation<T> {
  readonly expected: string;
  read(value: unknown): T | undefined;
}

export const text: Expectation<string> = {
  expected: 'a text',
  read: (value) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined),
};

export function oneOf<const T extends string>(...choices: readonly T[]): Expectation<T> {
  return {
    expected: choices.map((choice) => `\`${choice}\``).join(' or '),
    read: (value) => choices.find((choice) => choice === value),
  };
}

export const port: Expectation<number> = {
  expected: 'the number of a port, from 1 to 65535 and not 5432, where its database is',
  read: (value) =>
    typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 65_536 && value !== 5432
      ? value
      : undefined,
};

export const command: Expectation<string | false> = {
  expected: 'a command, or `false` for none',
  read: (value) => (value === false ? false : text.read(value)),
};

export const commands: Expectation<readonly string[] | false> = {
  expected: 'a command, a list of commands, or `false` for none',
  read: (value) => {
    if (value === false) return false;
    const list = Array.isArray(value) ? value.map((item) => text.read(item)) : [text.read(value)];
    return list.every((item) => item !== undefined) ? list : undefined;
  },
};

export const mapping: Expectation<JsonObject> = {
  expected: 'a mapping',
  read: (value) => (isJsonObject(value) ? value : undefined),
};

/** Reads the mappings of one YAML document and collects every mistake with its place, instead of stopping at the first. */
export class SettingsReader {
  readonly mistakes: string[] = [];
  readonly #name: string;
  readonly #lines: LineCounter;
  readonly #document: Document;

  constructor(name: string, lines: LineCounter, document: Document) {
    this.#name = name;
    this.#lines = lines;
    this.#document = document;
  }

  mistake(node: unknown, sentence: string): void {
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
    const offset: unknown = Array.isArray(range) ? range[0] : 0;
    const at = this.#lines.linePos(typeof offset === 'number' ? offset : 0);
    this.mistakeAt(Math.max(1, at.line), Math.max(1, at.col), sentence);
  }

  mistakeAt(line: number, column: number, sentence: string): void {
    this.mistakes.push(`${this.#name}:${line}:${column}: ${sentence}`);
  }

  /** The mapping at a node, or null (with a mistake) when something else stands there. */
  map(node: unknown, where: string): YAMLMap | null {
    const target = isAlias(node) ? node.resolve(this.#document) : node;
    if (isMap(target)) return target;
    this.mistake(node, `${where} must be a mapping of keys to values; here stands ${describe(target)}.`);
    return null;
  }

  /** Names the keys that nobody asked for. */
  onlyKeys(map: YAMLMap, where: string, keys: readonly string[]): void {
    for (const { key } of map.items) {
      const name = isScalar(key) ? String(key.value) : '?';
      if (keys.includes(name)) continue;
      const meant = closest(name, keys);
      const hint = meant === null ? `The keys are: ${keys.join(', ')}.` : `Did you mean \`${meant}\`?`;
      this.mistake(key, `${where} has no key \`${name}\`. ${hint}`);
    }
  }

  /** The value of a key, or null when it is absent, empty or (with a mistake) not what is expected. */
  value<T>(map: YAMLMap, key: string, expectation: Expectation<T>): T | null {
    const node: unknown = map.get(key, true);
    const given = this.plain(node);
    if (given === undefined || given === null) return null;
    const read = expectation.read(given);
    if (read !== undefined) return read;
    this.mistake(node, `\`${key}\` must be ${expectation.expected}; here stands ${describe(node)}.`);
    return null;
  }

  /** The node's value without YAML's wrapping. */
  plain(node: unknown): unknown {
    return isNodeLike(node) ? node.toJS(this.#document) : undefined;
  }
}

function isNodeLike(node: unknown): node is Node {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node);
}

export function describe(node: unknown): string {
  if (isMap(node)) return 'a mapping';
  if (isSeq(node)) return 'a list';
  if (isAlias(node)) return `the alias *${node.source}`;
  const value: unknown = isScalar(node) ? node.value : node;
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'string') return value.trim() === '' ? 'an empty text' : `the text \`${value.slice(0, 60)}\``;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return `\`${String(value)}\``;
  return 'something else';
}
