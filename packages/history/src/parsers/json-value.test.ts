import { expect, it } from 'vitest';
import { checkText } from '../check-text.ts';
import { jsonValue } from './json-value.ts';
import { parseValue } from './value-text.ts';

it('keeps the digits of integers that a number cannot hold, but for times', () => {
  const text =
    '{"value":[9007199254740993,-12345678901234567890,{"id":9007199254740991}],"time":1700000000000000123,"x":1e20,"y":0.12345678901234567}';
  expect(jsonValue(text)).toEqual({
    value: ['9007199254740993', '-12345678901234567890', { id: 9007199254740991 }],
    time: Number('1700000000000000123'),
    x: 1e20,
    y: Number('0.12345678901234567'),
  });
  expect(parseValue('9007199254740993')).toBe('9007199254740993');
});

it('lets no two of them pass for one', () => {
  const set = [
    '{"process":0,"f":"add","value":1234567890123456788,"call":0,"return":1}',
    '{"process":1,"f":"add","value":1234567890123456789,"call":2,"return":3}',
    '{"process":2,"f":"read","output":[1234567890123456788],"call":4,"return":5}',
  ].join('\n');
  expect(checkText(set, { model: 'set', from: 'json' }).verdict.status).toBe('violated');
  const register = [
    '{"process":0,"type":"invoke","f":"write","value":9007199254740993}',
    '{"process":0,"type":"ok","f":"write","value":9007199254740993}',
    '{"process":0,"type":"invoke","f":"read","value":null}',
    '{"process":0,"type":"ok","f":"read","value":9007199254740992}',
  ].join('\n');
  expect(checkText(register, { model: 'register', from: 'json' }).verdict.status).toBe('violated');
});
