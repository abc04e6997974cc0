import type { JsonObject } from '@assay/contract';

const money =
  /^(amounts?|price|balance|fee|fees|cost|costs|salary|wage|payment|debit|credit|overdraft|refund|subtotal|total|revenue|tax|vat|tip|rent)$/;
/** Those of them that speak of nothing but money: then it is money also where the contract itself calls it a `double`. */
const onlyMoney = /^(price|balance|fee|fees|salary|wage|refund|subtotal|revenue)$/;
/** Those of them that count other things as well, such as the millilitres of a recipe: a unit beside them says which, a currency that it is money. */
const ambiguous = /^(amounts?|total|costs?|credit|debit|payment)$/;
const unit = /^(units?|uom|measure)$/;
/** Words that make of an amount something else: a discount rate, a tax percentage, the total count, a price level. */
const other =
  /^(rate|percent|percentage|ratio|factor|multiplier|count|quantity|id|score|points|level|range|index|weight|mass|distance|duration|time|seconds|minutes|hours|days|items|pages|size|volume|length|area|energy|calories|protein|carbs|fat|emissions)$/;
/** So do units: the millilitres of `amountMl`. */
const measured =
  /^(mg|g|grams?|kg|ml|cl|dl|l|lit(er|re)s?|mm|cm|m|met(er|re)s?|km|miles?|kcal|k?wh?|[kmgt]b|bytes|ms)$/;

/**
 * Whether the contract says that a property holds an exact amount: a decimal written as text, or as a number or text; a number in steps of
 * a hundredth; or a number whose name is one of money.
 * @param beside the names of the properties of the same object
 */
export function isExactAmount(name: string, schema: JsonObject, beside: readonly string[] = []): boolean {
  const types = [schema['type']].flat();
  const words = wordsOf(name);
  const counts = isMeasured(beside.filter((one) => one !== name)) ? ambiguous : null;
  const per = words.indexOf('per');
  // Of the price per kg, what is paid for is no matter.
  const own = per < 0 ? words : words.slice(0, per);
  const isNamed = (names: RegExp): boolean =>
    own.some((word) => names.test(word) && counts?.test(word) !== true) &&
    !own.some((word) => other.test(word) || measured.test(word));
  if (types.includes('string'))
    return isDecimalText(schema) || (isNumberText(schema) && (types.includes('number') || isNamed(money)));
  if (!types.includes('number')) return false;
  if (typeof schema['multipleOf'] === 'number' && [0.1, 0.01, 0.001, 0.0001].includes(schema['multipleOf']))
    return true;
  const format = String(schema['format']);
  if (['decimal', 'money', 'currency'].includes(format)) return true;
  return isNamed(['float', 'double'].includes(format) ? onlyMoney : money);
}

/** Whether one of the names is that of a unit, and none speaks of money. */
function isMeasured(names: readonly string[]): boolean {
  const words = names.map(wordsOf);
  const speaksOf = (of: RegExp): boolean => words.some((those) => those.some((word) => of.test(word)));
  return words.some((those) => unit.test(those.at(-1) ?? '')) && !speaksOf(/^currency$/) && !speaksOf(onlyMoney);
}

function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
}

/** How the patterns begin that Pydantic writes for a `Decimal`. */
const pydanticDecimal = '^(?!^[-+.]*$)';

/** `format: decimal`, or a pattern that ends with a point and a fixed number of digits. */
function isDecimalText(schema: JsonObject): boolean {
  if (['decimal', 'money', 'currency'].includes(String(schema['format']))) return true;
  if (String(schema['pattern'] ?? '').startsWith(pydanticDecimal)) return true;
  return /\\\.(\[0-9\]|\\d)(\{\d\}|\[0-9\]|\\d)\)*\$$/.test(String(schema['pattern'] ?? ''));
}

/** A pattern that takes decimals, with or without a fraction, and nothing else: how some frameworks describe their decimal type. */
function isNumberText({ pattern }: JsonObject): boolean {
  if (typeof pattern !== 'string') return false;
  try {
    const takes = new RegExp(pattern, 'u');
    return (
      ['1', '12.5', '0.75'].every((text) => takes.test(text)) && !['x', '1.2.3', '1e'].some((text) => takes.test(text))
    );
  } catch {
    return false;
  }
}
