import { expect, it } from 'vitest';
import { type Command, search } from './commands.ts';

function command(group: string, label: string, hint = ''): Command {
  return { id: `${group}/${label}`, label, hint, group, run: () => {} };
}

const commands = [
  command('Pages', 'Challenges'),
  command('Pages', 'Settings'),
  command('Checks', 'http/charset', 'Text is sent with its encoding'),
  command('Checks', 'security/sql-injection', 'Input never becomes SQL'),
  command('Challenges', 'Todo'),
];

function found(query: string): readonly string[] {
  return search(query, commands, ['Pages']).flatMap(({ group, found: some }) =>
    some.map((one) => `${group}: ${one.command.label}`),
  );
}

it('shows the first groups as they are while nothing is asked', () => {
  expect(found('')).toEqual(['Pages: Challenges', 'Pages: Settings']);
});

it('puts the group with the best answer first, and labels before hints', () => {
  expect(found('sql')).toEqual(['Checks: security/sql-injection']);
  expect(found('ch')[0]).toBe('Pages: Challenges');
  expect(found('set')).toEqual(['Pages: Settings', 'Checks: http/charset']);
});

it('searches hints', () => {
  expect(found('encoding')).toEqual(['Checks: http/charset']);
});

it('finds nothing where there is nothing', () => {
  expect(found('qqq')).toEqual([]);
});
