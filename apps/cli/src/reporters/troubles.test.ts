import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { gatherTroubles } from './troubles.ts';

it('tells each trouble once, and not before it is asked to', () => {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: false });
  const troubles = gatherTroubles(stream as unknown as NodeJS.WriteStream);
  for (const what of ['/a cannot be removed.', 'i-1 is\nstill there.', '/a cannot be removed.']) troubles.add(what);
  expect(stream.read()).toBeNull();
  troubles.tell();
  troubles.tell();
  expect(stream.read()).toBe('note   /a cannot be removed.\nnote   i-1 is still there.\n');
});
