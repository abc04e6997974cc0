import { expect, it } from 'vitest';
import { shellPath } from './shell-path.ts';

it('quotes a path for the shell, but not the ~ that is the home folder', () => {
  expect(['~/todo-go', '/srv/my todo', '~/my todo', "/srv/o'neil", '/srv/$HOME'].map(shellPath)).toEqual([
    '~/todo-go',
    "'/srv/my todo'",
    "~/'my todo'",
    String.raw`'/srv/o'\''neil'`,
    "'/srv/$HOME'",
  ]);
});
