import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { curlOf } from './curl.ts';

it('quotes for the shell whatever was sent', () => {
  const nasty = `it's "$HOME" \`id\` $(id)\n; id`;
  const command = curlOf({
    id: 'e-1',
    check: 'x/y',
    instance: 'i-1',
    request: { method: 'POST', target: "/a?q='b'", headers: [['X-Note', nasty]], body: { text: nasty } },
    startedAt: 0,
    durationMs: 1,
  });
  const words = execFileSync('sh', ['-c', `curl() { for w in "$@"; do printf '%s\\0' "$w"; done; }; ${command}`], {
    encoding: 'utf8',
    env: { ...process.env, BACKEND: 'http://127.0.0.1:1' },
  });
  expect(words.split('\0')).toEqual([
    '-i',
    '-X',
    'POST',
    "http://127.0.0.1:1/a?q='b'",
    '-H',
    `X-Note: ${nasty}`,
    '--data-raw',
    nasty,
    '',
  ]);
});
