import { execFileSync } from 'node:child_process';
import type { Exchange } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { curlOf } from './curl.ts';

function commandFor(request: Partial<Exchange['request']>): string {
  return curlOf({
    id: 'e-1',
    check: 'x/y',
    instance: 'i-1',
    request: { method: 'GET', target: '/a', headers: [], ...request },
    startedAt: 0,
    durationMs: 1,
  });
}

/** The words that curl gets of a shell, and in Base64 what it can read. */
function wordsOf(command: string): readonly string[] {
  const curl = `curl() { for w in "$@"; do printf '%s\\0' "$w"; done; if [ "$w" = @- ]; then base64 -w 0; fi; }`;
  return execFileSync('sh', ['-c', `${curl}; ${command}`], {
    encoding: 'utf8',
    env: { ...process.env, BACKEND: 'http://127.0.0.1:1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  }).split('\0');
}

describe('a request as a command', () => {
  it('quotes for the shell whatever was sent', () => {
    const nasty = `it's "$HOME" \`id\` $(id)\n; id`;
    const headers = [
      ['X-Note', nasty],
      ['Content-Type', 'text/plain'],
    ] as const;
    const command = commandFor({ method: 'POST', target: "/a?q='b'", headers, body: { text: nasty } });
    expect(wordsOf(command)).toEqual([
      '-i',
      '-X',
      'POST',
      "http://127.0.0.1:1/a?q='b'",
      '-H',
      `X-Note: ${nasty}`,
      '-H',
      'Content-Type: text/plain',
      '--data-raw',
      nasty,
      '',
    ]);
  });

  it.each<[string, Partial<Exchange['request']>, string]>([
    ['waits for no body after HEAD', { method: 'HEAD' }, 'curl -i --head "$BACKEND"/a'],
    ...['GET', 'HEAD'].map((method): [string, Partial<Exchange['request']>, string] => [
      `sends a body with ${method}, too`,
      { method, body: { text: 'x' } },
      `curl -i -X ${method} "$BACKEND"/a -H content-type: --data-raw x`,
    ]),
    ['leaves a path as it is', { target: '/f/../x' }, 'curl -i --path-as-is "$BACKEND"/f/../x'],
    ['takes brackets for brackets', { target: '/a?f[]=1' }, `curl -i --globoff "$BACKEND"'/a?f[]=1'`],
    ['sends a header without a value', { headers: [['x-a', '']] }, `curl -i "$BACKEND"/a -H 'x-a;'`],
    [
      'names no type for a body that had none, and counts it anew',
      { method: 'PUT', headers: [['content-length', '9']], body: { text: 'x', truncatedFrom: 9 } },
      'curl -i -X PUT "$BACKEND"/a -H content-type: --data-raw x  # the beginning of a body of 9 bytes',
    ],
  ])('%s', (_, request, command) => {
    expect(commandFor(request)).toBe(command);
  });

  it.each([{ base64: 'gf8A' }, { text: 'a\0ä' }])('sends bytes that no word can hold: %o', (body) => {
    const command = commandFor({ method: 'POST', headers: [['content-type', 'x/y']], body });
    const sent = 'base64' in body ? body.base64 : Buffer.from(body.text).toString('base64');
    expect(wordsOf(command).slice(-2)).toEqual(['@-', sent]);
  });
});
