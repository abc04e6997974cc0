import { isJsonObject, type Json, type JsonObject } from '@assay/contract';

/** A body that RFC 8259 does not allow, and what is wrong with it. */
export interface BrokenJson {
  readonly flaw: string;
  readonly body: string | Uint8Array;
}

/** Stands where a text is to be broken; JSON writes it as it is. */
const mark = 'assaymark';

/**
 * A valid body, broken in the ways in which people and parsers get JSON wrong, each by itself: a backend that reads one of them leniently has
 * nothing else to refuse it for. `free` names a member that takes any text; without one two of the flaws stand where any text is.
 */
export function brokenJson(valid: Json, free: string | null): readonly BrokenJson[] {
  const value: JsonObject = isJsonObject(valid) && Object.keys(valid).length > 0 ? valid : { a: 1 };
  const text = JSON.stringify(value);
  const [name = 'a'] = Object.keys(value);
  const afterName = text.slice(1 + JSON.stringify(name).length);
  const number = Object.keys(value).find((key) => typeof value[key] === 'number') ?? 'a';
  const [before = '', after = ''] = JSON.stringify({ ...value, [free ?? 'a']: mark }).split(mark);
  return [
    { flaw: 'an object that is not closed', body: text.slice(0, -1) },
    { flaw: 'a trailing comma', body: `${text.slice(0, -1)},}` },
    { flaw: 'single quotes', body: `{'${name}'${afterName}` },
    { flaw: 'a key without quotes', body: `{${name}${afterName}` },
    { flaw: 'a comment', body: `/* as it was */ ${text}` },
    { flaw: 'NaN', body: JSON.stringify({ ...value, [number]: mark }).replace(`"${mark}"`, 'NaN') },
    { flaw: 'plain words', body: 'not json' },
    { flaw: 'text after the value', body: `${text} x` },
    { flaw: 'a line break inside a string', body: `${before}b\nc${after}` },
    {
      flaw: 'bytes that are not UTF-8',
      body: Buffer.concat([Buffer.from(`${before}b`), Uint8Array.of(0xff, 0xfe), Buffer.from(after)]),
    },
    { flaw: 'a hundred thousand opening brackets', body: '['.repeat(100_000) },
  ];
}
