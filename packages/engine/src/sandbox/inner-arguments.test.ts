import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { environmentScript, exposedMountPoints } from './inner-arguments.ts';

describe('environmentScript', () => {
  it('gives a shell every value as it is', () => {
    const values = { PLAIN: 'a b', QUOTES: `it's "so"`, DOLLAR: '$HOME `id` $(id)', LINES: 'one\ntwo\\', EMPTY: '' };
    const printed = execFileSync(
      'sh',
      [
        '-c',
        `${environmentScript(values)} exec "$0" -e 'process.stdout.write(JSON.stringify(process.env))'`,
        process.execPath,
      ],
      { encoding: 'utf8' },
    );
    expect(JSON.parse(printed)).toMatchObject(values);
  });

  it('leaves out names that a shell cannot hold', () => {
    expect(environmentScript({ 'a-b': '1', '1a': '1', 'x; rm -rf /': '1', _ok1: '1' })).toBe(`export _ok1='1'\n`);
  });
});

describe('exposedMountPoints', () => {
  it('names what is mounted among files that the backend can move', () => {
    const points = exposedMountPoints({
      folder: '/tmp/home/cache/app',
      shared: ['/tmp/home/cache/app/packages/a/node_modules'],
      readable: ['/var/tmp/other/tools', '/opt/jdk'],
      user: null,
    });
    expect(points).toEqual(['app/packages/a/node_modules', 'tmp/home', 'tmp/other']);
  });
});
