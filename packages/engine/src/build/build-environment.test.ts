import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { detect } from '../detect/detect.ts';
import { testFolder } from '../detect/test-folder.ts';
import { noSettings } from '../settings/settings.ts';
import { buildEnvironment, nodeHeaders, runEnvironment } from './build-environment.ts';

test('tells rustup where its compilers stand, as the home of a sandbox is another', async () => {
  const compilers = testFolder();
  vi.stubEnv('RUSTUP_HOME', compilers);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const rust = await detect(testFolder({ 'main.rs': '' }), {
    ...noSettings,
    build: ['rustc main.rs'],
    start: './main',
  });
  expect(runEnvironment(rust, rust.folder, null)).toEqual({ RUSTUP_HOME: compilers });
  const other = await detect(testFolder({ 'main.c': '' }), { ...noSettings, build: ['cc main.c'], start: './a.out' });
  expect(runEnvironment(other, other.folder, null)).toEqual({});
});

test('looks for the compilers beside the rustup that is on the PATH, in whosever home that is', async () => {
  const home = testFolder({ '.cargo/bin/rustc': '#!/bin/sh\n', '.rustup/settings.toml': '' });
  chmodSync(join(home, '.cargo/bin/rustc'), 0o755);
  vi.stubEnv('RUSTUP_HOME', undefined);
  vi.stubEnv('PATH', [join(home, '.cargo/bin'), process.env['PATH']].join(delimiter));
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const settings = { ...noSettings, build: ['rustc main.rs'], start: './main' };
  const rust = await detect(testFolder({ 'main.rs': '' }), settings);
  expect(runEnvironment(rust, rust.folder, null)).toEqual({ RUSTUP_HOME: join(home, '.rustup') });
});

test('node-gyp is told where headers of Node.js stand, which a sandbox has to show', async () => {
  const prefix = testFolder({ 'include/node/node.h': '', 'bin/node': '' });
  const node = join(prefix, 'bin/node');
  expect(nodeHeaders(false, node)).toEqual({ npm_config_nodedir: prefix });
  expect(nodeHeaders(true, node)).toEqual({});
  expect(nodeHeaders(false, join(testFolder({ 'bin/node': '' }), 'bin/node'))).toEqual({});
  const express = await detect(
    testFolder({ 'package.json': { dependencies: { express: '5' } }, 'index.js': '' }),
    noSettings,
  );
  expect(buildEnvironment(express, express.folder, true)).toMatchObject(nodeHeaders(true));
});

test('a sandbox has caches of its own: where those of the person are is not said', async () => {
  vi.stubEnv('npm_config_cache', '/home/ann/.npm');
  vi.stubEnv('PIP_CACHE_DIR', '/home/ann/.cache/pip');
  vi.stubEnv('npm_config_registry', 'https://registry.example/');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const backend = await detect(testFolder({ 'run.sh': '' }), { ...noSettings, start: './run.sh' });
  const told = Object.keys(buildEnvironment(backend, backend.folder, true));
  expect(told).toContain('npm_config_registry');
  expect(told.filter((name) => /cache/i.test(name))).toEqual([]);
  const plain = Object.keys(buildEnvironment(backend, backend.folder, false));
  expect(plain).toEqual(expect.arrayContaining(['npm_config_cache', 'PIP_CACHE_DIR', 'npm_config_registry']));
});
