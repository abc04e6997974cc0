import { expect, test } from 'vitest';
import { Names, type Prepared } from './catalog.ts';
import { applySqlNames } from './sql-names.ts';

function after(...commands: readonly (readonly [command: string, text: string])[]) {
  const names = new Names<Prepared>();
  for (const [index, [command, text]] of commands.entries()) applySqlNames(command, text, index, names);
  return (name: string) => names.get(name)?.text;
}

test.each([
  ['PREPARE Find AS SELECT 1;', 'find', 'SELECT 1'],
  ['-- one\n /* two */ prepare "a""b" (int, text)\n as select $1 ; ', 'a"b', 'select $1 '],
  ['PREPARE p(int)AS SELECT $1', 'p', 'SELECT $1'],
])('%j gives a name', (text, name, prepared) => {
  expect(after(['PREPARE', text])(name)).toBe(prepared);
});

test.each(['DEALLOCATE p', 'deallocate prepare P ;', '/* no more */ DEALLOCATE "p"; -- done'])(
  '%j takes it away',
  (text) => {
    expect(after(['PREPARE', 'PREPARE p AS SELECT 1'], ['DEALLOCATE', text])('p')).toBeUndefined();
  },
);

test('space without end is read once', () => {
  const space = ' '.repeat(250_000);
  const named = after(
    ['PREPARE', `${space}PREPARE x AS SELECT 1${space}+1`],
    ['PREPARE', 'PREPARE y AS SELECT 2'],
    ['DEALLOCATE', `DEALLOCATE y${space}-- done`],
  );
  expect([named('x')?.length, named('y')]).toEqual([250_010, undefined]);
});
