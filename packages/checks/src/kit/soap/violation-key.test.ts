import { expect, it } from 'vitest';
import { violationKey } from './violation-key.ts';

const place = "/soap:Envelope/soap:Body/t:note Element 'priority'";
const key = (message: string, at = 1): string =>
  violationKey({ message: `Element 'priority'${message}`, path: `/soap:Envelope/soap:Body/t:note[${at}]` });

it('names the place and the rule, and never a value', () => {
  const wrong = (value: string) => key(`: '${value}' is not a valid value of the atomic type 'xs:int'`);
  expect([wrong('x'), wrong("it's"), wrong("a'b'c\nd")]).toEqual(Array(3).fill(`${place} value`));
  const facet = (value: string) => key(`: [facet 'pattern'] The value '${value}' is not accepted by the pattern 'a'`);
  expect([facet('x'), facet("it's [facet 'length']")]).toEqual(Array(2).fill(`${place} pattern`));
  expect(key(": Duplicate key-sequence ['o'clock'] in unique identity-constraint 'c'")).toBe(
    `${place} Duplicate key-sequence`,
  );
});

it('tells rules, attributes and elements apart, and items of a list not', () => {
  const [one, two] = [1, 2].map((at) => key(': This element is not expected. Expected is ( text )', at));
  expect([one, two]).toEqual(Array(2).fill(`${place} This element is not expected. Expected is ( text )`));
  expect(key(", attribute 'q': The attribute 'q' is not allowed")).toBe(`${place}, attribute 'q' The attribute`);
});
