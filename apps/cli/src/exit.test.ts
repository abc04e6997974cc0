import { Fault } from '@assay/contract';
import { Command } from 'commander';
import { expect, onTestFinished, test, vi } from 'vitest';
import { runProgram } from './exit.ts';

test('shows what would drive the terminal, from settings that somebody else wrote, as pictures', async () => {
  let written = '';
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
  onTestFinished(() => spy.mockRestore());
  const failing = (error: Error) =>
    new Command().exitOverride().action(() => {
      throw error;
    });
  const escape = '\u001b]52;c;aGk=\u0007';
  expect(
    await runProgram(failing(new Fault('bad-settings', `database: ${escape}`, `not ${escape}`)), ['node', 'assay']),
  ).toBe(2);
  expect(await runProgram(failing(new Error(escape)), ['node', 'assay'])).toBe(3);
  expect(written).toContain('␛]52;c;aGk=␇');
  for (const raw of ['\u0007', '\u001b]']) expect(written).not.toContain(raw);
});
