import type { JsonObject } from '../vocabulary/json.ts';
import type { Schema } from '../vocabulary/operation.ts';
import type { XmlText } from '../vocabulary/soap.ts';

/** A type whose values are texts: what JSON Schema says of them, and how they are read. */
export interface SimpleType {
  readonly schema: Schema;
  readonly text: XmlText;
}

const string = (rest: JsonObject = {}): SimpleType => ({ schema: { type: 'string', ...rest }, text: 'string' });
const matching = (pattern: string): SimpleType => string({ pattern });
const integer = (minimum: number, maximum: number): SimpleType => ({
  schema: { type: 'integer', minimum, maximum },
  text: 'number',
});
const { MAX_SAFE_INTEGER: most } = Number;
const hexadecimal = '^(?:[0-9A-F]{2}){0,20}$';
const names = matching('^[A-Za-z_][A-Za-z0-9_.-]{0,20}(?: [A-Za-z_][A-Za-z0-9_.-]{0,20}){0,3}$');
const nameStart = '^[A-Za-z_][A-Za-z0-9_.-]{0,30}$';

/**
 * The types that XML Schema has by itself. What is generated from them keeps to what every implementation holds: numbers of at most 15
 * digits, floats that have an exact binary form, dates of four digits.
 */
export const builtInTypes: Readonly<Record<string, SimpleType>> = {
  string: string(),
  anySimpleType: string(),
  normalizedString: matching('^[^\\t\\r\\n]*$'),
  token: matching('^(?:[^ \\t\\r\\n]+(?: [^ \\t\\r\\n]+)*)?$'),
  language: matching('^[a-z]{2}(?:-[A-Z]{2})?$'),
  NMTOKEN: matching('^[A-Za-z0-9_.-]{1,30}$'),
  NMTOKENS: {
    schema: { type: 'string', pattern: '^[A-Za-z0-9_.-]{1,20}(?: [A-Za-z0-9_.-]{1,20}){0,3}$' },
    text: 'string',
  },
  IDREFS: names,
  ENTITIES: names,
  Name: matching(nameStart),
  NCName: matching(nameStart),
  ID: matching(nameStart),
  IDREF: matching(nameStart),
  ENTITY: matching(nameStart),
  QName: matching(nameStart),
  anyURI: string({ format: 'uri' }),
  boolean: { schema: { type: 'boolean' }, text: 'boolean' },
  decimal: { schema: { type: 'number', minimum: -999999999, maximum: 999999999, multipleOf: 0.0001 }, text: 'number' },
  integer: integer(-most, most),
  long: integer(-most, most),
  int: integer(-2147483648, 2147483647),
  short: integer(-32768, 32767),
  byte: integer(-128, 127),
  nonNegativeInteger: integer(0, most),
  positiveInteger: integer(1, most),
  nonPositiveInteger: integer(-most, 0),
  negativeInteger: integer(-most, -1),
  unsignedLong: integer(0, most),
  unsignedInt: integer(0, 4294967295),
  unsignedShort: integer(0, 65535),
  unsignedByte: integer(0, 255),
  float: { schema: { type: 'number', minimum: -1048576, maximum: 1048576, multipleOf: 0.25 }, text: 'number' },
  double: { schema: { type: 'number', minimum: -1e15, maximum: 1e15 }, text: 'number' },
  date: string({ format: 'date' }),
  dateTime: string({ format: 'date-time' }),
  time: string({ format: 'time' }),
  duration: matching('^P(?:[1-9][0-9]?D|T[1-9][0-9]?[HMS]|[1-9]Y[1-9]M)$'),
  gYear: matching('^[12][0-9]{3}$'),
  gYearMonth: matching('^[12][0-9]{3}-(?:0[1-9]|1[0-2])$'),
  gMonth: matching('^--(?:0[1-9]|1[0-2])$'),
  gDay: matching('^---(?:0[1-9]|1[0-9]|2[0-8])$'),
  gMonthDay: matching('^--(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])$'),
  base64Binary: matching('^(?:[A-Za-z0-9+/]{4}){0,20}$'),
  hexBinary: matching(hexadecimal),
};

/** What one facet of a restriction adds to a schema. Null: nothing that JSON Schema could say; a validator of XML Schema still holds it. */
export function facetOf(base: SimpleType, name: string, value: string): JsonObject | null {
  // The length of what is written in hexadecimals is counted in bytes.
  const isBytes = typeof base.schema === 'object' && base.schema.pattern === hexadecimal;
  const number = Number(value) * (isBytes ? 2 : 1);
  const numeric = base.text === 'number';
  if (base.text === 'list') return itemsOf(name, number);
  switch (name) {
    case 'length':
      return numeric ? null : { minLength: number, maxLength: number };
    case 'minLength':
    case 'maxLength':
      return numeric ? null : { [name]: number };
    case 'minInclusive':
      return numeric ? { minimum: number } : null;
    case 'maxInclusive':
      return numeric ? { maximum: number } : null;
    case 'minExclusive':
      return numeric ? { exclusiveMinimum: number } : null;
    case 'maxExclusive':
      return numeric ? { exclusiveMaximum: number } : null;
    case 'fractionDigits':
      return numeric && number <= 10 ? { multipleOf: number === 0 ? 1 : Number(`1e-${number}`) } : null;
    default:
      return null;
  }
}

/** The length of a list is how many items it has. */
function itemsOf(name: string, number: number): JsonObject | null {
  if (name === 'length') return { minItems: number, maxItems: number };
  if (name === 'minLength') return { minItems: number, maxItems: Math.max(5, number) };
  return name === 'maxLength' ? { maxItems: number } : null;
}

/** Letters of names, and what means something else in JavaScript: there, `\w` has the underscore and `\s` has more than the blanks of XML. */
const classes: Readonly<Record<string, string>> = {
  i: 'A-Za-z_:',
  c: 'A-Za-z0-9_:.\\-',
  w: 'A-Za-z0-9',
  s: ' \\t\\r\\n',
};

/**
 * A pattern of XML Schema as one of JavaScript: it is anchored, and `^` and `$` are plain signs. Null for what JavaScript cannot say (classes less
 * other classes, blocks of Unicode).
 */
export function patternOf(pattern: string): string | null {
  if (/\\[pP]\{Is/.test(pattern)) return null;
  let result = '';
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const sign = pattern.charAt(at);
    if (sign === '\\') {
      const next = pattern.charAt((at += 1));
      const inside = classes[next];
      if (inside !== undefined) result += inClass ? inside : `[${inside}]`;
      else result += next === '-' && !inClass ? '-' : `\\${next}`;
      continue;
    }
    if (inClass && sign === '-' && pattern.charAt(at + 1) === '[') return null;
    if (sign === '[') inClass = true;
    if (sign === ']') inClass = false;
    result += !inClass && (sign === '^' || sign === '$') ? `\\${sign}` : sign;
  }
  try {
    void new RegExp(result, 'u');
  } catch {
    return null;
  }
  return `^(?:${result})$`;
}
