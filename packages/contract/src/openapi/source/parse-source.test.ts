import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { faultOf } from '../document-for-tests.ts';
import { parseJson } from './parse-json.ts';
import { parseSource } from './parse-source.ts';
import { child, items, members, type Place, rootPlace } from './place.ts';
import { SourceText } from './source-text.ts';

const json = fc.jsonValue({ noUnicodeString: false });

test('JSON is read as JSON.parse reads it, and every member is found where it stands', () => {
  fc.assert(
    fc.property(json, fc.constantFrom(0, 2, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const { root, offsets } = parseJson(new SourceText('a.json', text));
      expect(root).toEqual(JSON.parse(text));
      visit(
        rootPlace({ text: new SourceText('a.json', text), name: 'a', file: null, referenced: false, root, offsets }),
        (key, place) => {
          const written = text.slice(place.offset ?? 0);
          expect(
            written.startsWith(
              typeof key === 'string' ? JSON.stringify(key) : JSON.stringify(place.value, null, 0).slice(0, 1),
            ),
          ).toBe(true);
        },
      );
    }),
  );
});

test('YAML gives what the same JSON gives', () => {
  fc.assert(
    fc.property(json, (value) => {
      const text = JSON.stringify(value);
      const copy: unknown = JSON.parse(text);
      expect(parseSource('a.yaml', null, stringify(copy)).root).toEqual(parseSource('a.json', null, text).root);
    }),
  );
});

function visit(place: Place, see: (key: string | number, place: Place) => void): void {
  for (const [key] of members(place)) {
    see(key, child(place, key));
    visit(child(place, key), see);
  }
  for (const [index, item] of items(place).entries()) {
    see(index, item);
    visit(item, see);
  }
}

test.each([
  [
    'aliases of aliases',
    `a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n${Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(10)}]`).join('\n')}`,
    /^a\.yaml:7:\d+: with its aliases written out the document has more than 2000000 nodes/,
  ],
  ['an alias inside its anchor', 'a: &a [*a]', /^a\.yaml:1:8: the alias `\*a` stands inside what it names/],
  ['an alias without anchor', 'a: *b', /^a\.yaml:1:4: the alias `\*b` has no anchor before it/],
  ['a list as a key', '? [a]\n: b', /^a\.yaml:1:3: a key must be a plain value/],
  ['brackets without end', '['.repeat(100_000), /^a\.yaml:1:\d+: nested more than 400 levels deep/],
  [
    'brackets with an end',
    `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    /^a\.yaml:1:\d+: nested more than 400 levels deep/,
  ],
])('%s', (_, text, message) => {
  expect(faultOf(() => parseSource('a.yaml', null, text)).message).toMatch(message);
});

test.each([
  [
    'a:\n  b: "x y\n  z"\n  c: 1\n',
    'a.yaml:2:6: the text that begins here goes on in the next line, which must be indented further',
  ],
  [
    "a:\n  b: 'x y\n z'\n",
    'a.yaml:2:6: the text that begins here goes on in the next line, which must be indented further',
  ],
  ['a:\n  b: "x y\n  c: 1\n', 'a.yaml:4:1: missing closing "quote'],
  ['a:\n  b: "x y\n', 'a.yaml:3:1: missing closing "quote'],
])('a quote without its end in %j', (text, message) => {
  expect(faultOf(() => parseSource('a.yaml', null, text)).message.split('\n')[0]).toBe(message);
});

test.each([
  ['{"a": 1,}', 'a.json:1:8: JSON has no trailing commas, and nothing follows this one'],
  ['[[1, 2,\n], 3, ]', 'a.json:1:7: JSON has no trailing commas, and nothing follows this one'],
  ['{,}', 'a.json:1:2: expected a key in double quotes, found `,`'],
  ['{"a": 1,,}', 'a.json:1:9: expected a key in double quotes, found `,`'],
  ['{"a" 1}', 'a.json:1:6: expected `:`, found `1`'],
  ['[1 2]', 'a.json:1:4: expected `,` or `]`, found `2`'],
  ['{"a": 01}', 'a.json:1:8: expected `,` or `}`, found `1`'],
  ['{"a": nope}', 'a.json:1:7: expected a value, found `nope`'],
  ['{"a": "x\ty"}', 'a.json:1:7: this string does not end, or holds a raw control character or an unknown escape'],
  ['{"a": "\\x"}', 'a.json:1:7: this string does not end, or holds a raw control character or an unknown escape'],
  ['{"a": 1', 'a.json:1:8: the document ends where `,` or `}` should stand'],
  ['{} {}', 'a.json:1:4: expected the end of the document, found `{`'],
])('%s', (text, message) => {
  expect(faultOf(() => parseJson(new SourceText('a.json', text))).message.split('\n')[0]).toBe(message);
});

test.each([
  ['{\n  // the version\n  "openapi": "3.1.0"\n}', '2:3', '//'],
  ['{\n  "openapi": "3.1.0", /* the\n version */ "paths": {}\n}', '2:23', '/*'],
  ['// the contract\n{"openapi": "3.1.0"}', '1:1', '//'],
  ['/* the\n contract */\n{"openapi": "3.1.0"}', '1:1', '/*'],
  ['{"openapi": "3.1.0"} // the end', '1:22', '//'],
  ['{"a": [1,],\n"b": // one\n 1}', '2:6', '//'],
])('a comment in JSON: %j', (text, place, sign) => {
  for (const name of ['a.json', 'a.yaml', 'http://backend/openapi'])
    expect(faultOf(() => parseSource(name, null, text)).message.split('\n')[0]).toBe(
      `${name}:${place}: JSON has no comments, and \`${sign}\` begins one`,
    );
});

test('what is no JSON but YAML is read, with the comments that YAML has', () => {
  for (const text of ['{"a": "http://x/*y*/",}', '{ # one\n"a": "http://x/*y*/"}', '{a: http://x/*y*/}'])
    expect(parseSource('a.json', null, text).root).toEqual({ a: 'http://x/*y*/' });
  expect(parseSource('a.yaml', null, '//a: 1\n').root).toEqual({ '//a': 1 });
});

test('`__proto__` is a name like any other', () => {
  for (const name of ['a.json', 'a.yaml']) {
    const { root } = parseSource(name, null, name === 'a.json' ? '{"__proto__": {"a": 1}}' : '__proto__: {a: 1}');
    expect(Object.hasOwn(root as object, '__proto__')).toBe(true);
  }
});
