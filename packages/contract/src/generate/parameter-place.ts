import { readingsOf } from '../validate/readings.ts';
import { isJsonObject } from '../vocabulary/json.ts';
import type { Json } from '../vocabulary/json.ts';
import type { Parameter } from '../vocabulary/operation.ts';
import { cookieText, headerText, pathText, queryText, withoutSeparators, xmlText } from './alphabet.ts';
import type { Alphabet } from './alphabet.ts';
import { isWrittenAsJson } from './encode-parameter.ts';

const alphabets: Readonly<Record<Parameter['in'], Alphabet>> = {
  path: pathText,
  query: queryText,
  header: headerText,
  cookie: cookieText,
};

const valueInXml: Alphabet = { ...xmlText, name: 'xml value', longest: queryText.longest };

/** Which strings a parameter can carry by itself, and as a part of a list or an object. */
export function alphabetOf(parameter: Parameter): Alphabet {
  return parameter.pointer === undefined ? alphabets[parameter.in] : valueInXml;
}

/** Whether several parts share one text, so that their separators must not occur in them. */
function joins(parameter: Parameter): boolean {
  return !(
    parameter.in === 'query' &&
    (parameter.style === 'deepObject' || (parameter.style === 'form' && parameter.explode))
  );
}

/**
 * Whether a value can be written at a parameter's place and read back: null, empty lists and lists in lists cannot, and neither can text that
 * the place does not carry.
 */
export function canCarry(parameter: Parameter, value: Json): boolean {
  if (isWrittenAsJson(parameter)) return true;
  const whole = alphabetOf(parameter);
  if (!Array.isArray(value) && !isJsonObject(value)) return carriesScalar(value, whole);
  const part = joins(parameter) ? withoutSeparators(whole) : whole;
  const parts = Array.isArray(value) ? value : Object.entries(value).flat();
  return (
    parts.length > 0 &&
    parts.every(
      (each) =>
        !Array.isArray(each) &&
        !isJsonObject(each) &&
        carriesScalar(each, part) &&
        (each !== '' || !Array.isArray(value)),
    )
  );
}

function carriesScalar(value: Json, alphabet: Alphabet): boolean {
  if (value === null) return false;
  return typeof value === 'string' ? alphabet.fits(value) : true;
}

/** Every value that the text of a parameter can be taken for; an invalid value must be invalid in all of them. */
export function carriedReadings(value: Json, parameter?: Parameter): readonly Json[] {
  if (parameter !== undefined && isWrittenAsJson(parameter)) return [value];
  if (Array.isArray(value))
    return [
      value,
      value.map((item) => lastReading(item)),
      value.map(asText),
      ...(value.length === 1 ? readingsOf(asText(value[0] ?? '')) : []),
    ];
  if (isJsonObject(value)) {
    const entries = Object.entries(value);
    return [
      value,
      Object.fromEntries(entries.map(([name, item]) => [name, lastReading(item)])),
      Object.fromEntries(entries.map(([name, item]) => [name, asText(item)])),
    ];
  }
  const text = asText(value);
  // One text can also be a list of one.
  return [...readingsOf(text), ...readingsOf(text).map((reading) => [reading])];
}

function lastReading(item: Json): Json {
  return readingsOf(asText(item)).at(-1) ?? item;
}

function asText(item: Json): string {
  return typeof item === 'string' ? item : JSON.stringify(item);
}
