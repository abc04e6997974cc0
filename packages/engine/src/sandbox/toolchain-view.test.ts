import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { toolchainFolders } from './toolchain-view.ts';

let home = '';
const path = process.env['PATH'];
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'assay-tools-')));
});
afterEach(() => {
  process.env['PATH'] = path;
  rmSync(home, { recursive: true, force: true });
});

function program(file: string, ...beside: string[]): void {
  mkdirSync(join(home, file, '..'), { recursive: true });
  writeFileSync(join(home, file), '#!/bin/sh\n');
  chmodSync(join(home, file), 0o755);
  for (const folder of beside) mkdirSync(join(home, folder), { recursive: true });
}

function onPath(...folders: string[]): void {
  process.env['PATH'] = [...folders.map((folder) => join(home, folder)), path].join(delimiter);
}

const others = (folders: readonly string[]): readonly string[] =>
  folders.filter((folder) => folder.startsWith(`${home}/`)).map((folder) => folder.slice(home.length + 1));

describe('toolchainFolders', () => {
  it('shows the installation that a program belongs to, through links', () => {
    program('tools/jdk-21/bin/javx', 'tools/jdk-21/lib');
    mkdirSync(join(home, 'bin'));
    symlinkSync(join(home, 'tools/jdk-21/bin/javx'), join(home, 'bin/javx'));
    onPath('bin');
    expect(others(toolchainFolders(['javx'], home))).toEqual(['bin/javx', 'tools/jdk-21']);
  });

  it('shows a version manager whole', () => {
    program('.pyenv/shims/pythonx');
    onPath('.pyenv/shims');
    expect(others(toolchainFolders(['pythonx'], home))).toContain('.pyenv');
    // Also one that stands in somebody else's home.
    expect(others(toolchainFolders(['pythonx'], join(home, 'elsewhere')))).toContain('.pyenv');
  });

  it("shows rustup's programs and compilers, never the passwords that stand beside them", () => {
    program('.cargo/bin/rustup', '.rustup', '.cargo/lib');
    symlinkSync('rustup', join(home, '.cargo/bin/rustcx'));
    onPath('.cargo/bin');
    vi.stubEnv('RUSTUP_HOME', undefined);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    expect(others(toolchainFolders(['rustcx'], home))).toEqual(['.cargo/bin', '.rustup']);
  });

  it('shows a lone program alone, never the folders it shares with other things', () => {
    program('.local/bin/tool', '.local/share', '.local/lib');
    program('bin/other', 'lib');
    onPath('.local/bin', 'bin');
    expect(others(toolchainFolders(['tool', 'other'], home))).toEqual(['.local/bin/tool', 'bin/other']);
  });
});
