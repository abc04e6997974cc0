import type { JsonObject } from '@assay/contract';

const money =
  /^(amounts?|price|balance|fee|fees|cost|costs|salary|wage|payment|debit|credit|overdraft|refund|subtotal|total|revenue|tax|vat|tip|rent)$/;
/** Words that make of an amount something else: a discount rate, a tax percentage, the total count. */
const other =
  /^(rate|percent|percentage|ratio|factor|count|id|score|weight|distance|duration|minutes|hours|days|items|pages)$/;

/**
 * Whether the contract says that a property holds an exact amount: a decimal written as text, a number in steps of a hundredth, or a number
 * whose name is one of money.
 */
export function isExactAmount(name: string, schema: JsonObject): boolean {
  const types = [schema['type']].flat();
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  if (types.includes('string')) return isDecimalText(schema);
  if (!types.includes('number')) return false;
  if (typeof schema['multipleOf'] === 'number' && [0.1, 0.01, 0.001, 0.0001].includes(schema['multipleOf']))
    return true;
  if (['decimal', 'money', 'currency'].includes(String(schema['format']))) return true;
  if (['float', 'double'].includes(String(schema['format']))) return false;
  return words.some((word) => money.test(word)) && !words.some((word) => other.test(word));
}

/** `format: decimal`, or a pattern that ends with a point and a fixed number of digits. */
function isDecimalText(schema: JsonObject): boolean {
  if (['decimal', 'money', 'currency'].includes(String(schema['format']))) return true;
  return /\\\.(\[0-9\]|\\d)(\{\d\}|\[0-9\]|\\d)\)*\$$/.test(String(schema['pattern'] ?? ''));
}
