import type { Canary, Random } from '@assay/contract';
import { expect, it } from 'vitest';
import { commandPayloads } from './command-payloads.ts';

const random: Random = {
  seed: 1,
  next: () => 0.5,
  integer: (min) => min,
  pick: () => {
    throw new Error('there is nothing to pick from');
  },
  unique: (prefix) => prefix,
};
const canary: Canary = {
  authority: '127.0.0.1:9',
  url: (token) => `http://127.0.0.1:9/${token}`,
  answer: (token) => token,
  hits: () => [],
  waitFor: () => Promise.resolve(false),
};

it.each([80, Number.POSITIVE_INFINITY])(
  'has both that reach every setting among the first three, of %s signs',
  (most) => {
    const payloads = commandPayloads(random, canary, most);
    expect(payloads.slice(0, 3).map(({ tells }) => tells)).toEqual(['canary', 'output', 'canary']);
    expect(payloads.slice(0, 3).map(({ value }) => value.slice(0, 3))).toEqual(['a$(', 'a;e', "a';"]);
    for (const { value, sum } of payloads) expect(value).not.toContain(sum);
  },
);
