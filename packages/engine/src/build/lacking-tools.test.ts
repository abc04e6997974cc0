import { expect, test } from 'vitest';
import { lackingTool } from './lacking-tools.ts';

test.each([
  '> Cannot find a Java installation on your machine (Linux 6.1 amd64) matching: {languageVersion=21, vendor=any vendor}. Toolchain download repositories have not been configured.',
  '> No matching toolchains found for requested specification: {languageVersion=21, vendor=any}.',
  '> No locally installed toolchains match and toolchain download repositories have not been configured.',
  '> Dependency requires at least JVM runtime version 17. This build uses a Java 11 JVM.',
  'Gradle requires JVM 17 or later to run. Your build is currently configured to use JVM 11.',
  'The JAVA_HOME environment variable is not defined correctly,',
  '[ERROR] Detected JDK /usr/lib/jvm/java-17-openjdk-amd64 is version 17.0.19 which is not in the allowed range [21,).',
  '[ERROR] Detected JDK Version: 11.0.2 is not in the allowed range [17,).',
  '[ERROR] Detected Maven Version: 3.8.7 is not in the allowed range [3.9,).',
  '[ERROR] Fatal error compiling: error: release version 21 not supported',
  'npm error code EBADENGINE',
  'npm ERR! notsup Unsupported engine for shop@1.0.0: wanted: {"node":">=99"}',
  'error shop@1.0.0: The engine "node" is incompatible with this module. Expected version ">=99". Got "24.0.0"',
  'error This project\'s package.json defines "packageManager": "yarn@4.5.0". However the current global version of Yarn is 1.22.22.',
  ' ERR_PNPM_UNSUPPORTED_ENGINE  Unsupported environment (bad pnpm and/or Node.js version)',
  "go.mod:3: invalid go version '1.25.0': must match format 1.23",
  'go: go.mod requires go >= 1.99.0 (running go 1.22.2)',
  '/home/ann/.pyenv/shims/python3: line 12: /home/ann/.pyenv/libexec/pyenv: No such file or directory',
  "pyenv: version `3.13.1' is not installed (set by /srv/api/.python-version)",
  'note: module requires Go 1.25',
  'go: download go1.25 for linux/amd64: toolchain not available',
  'cgo: C compiler "gcc" not found: exec: "gcc": executable file not found in $PATH',
  "error: can't find Rust compiler",
  'Cargo, the Rust package manager, is not installed or is not on PATH.',
  'npm error gyp ERR! find Python Could not find any Python installation to use',
  "error: command 'x86_64-linux-gnu-gcc' failed: No such file or directory",
  "error: command '/usr/bin/gcc-12' failed: No such file or directory",
  '- Root composer.json requires PHP extension ext-intl * but it is missing from your system.',
  'PHP Fatal error:  Uncaught PDOException: could not find driver in /app/seed.php:1',
  'src/ext.c:2:10: fatal error: Python.h: No such file or directory',
  './psycopg/psycopg.h:36:10: fatal error: libpq-fe.h: No such file or directory',
  "  error: the configured Python interpreter version (3.14) is newer than PyO3's maximum supported version (3.13)",
])('is told by: %s', (line) => {
  expect(lackingTool(['compiling', line, 'BUILD FAILED'])).toBe(line);
});

test.each([
  'npm warn EBADENGINE Unsupported engine {',
  ' WARN  Unsupported engine: wanted: {"node":">=18"} (current: {"node":"v24.0.0"})',
  'warning shop@1.0.0: The engine "node" is incompatible with this module. Expected version ">=99".',
  "go.mod:3: invalid go version 'latest': must match format 1.23",
  "error: command '/usr/bin/gcc' failed with exit code 1",
  'src/ext.c:2:10: fatal error: shop.h: No such file or directory',
  'src/main.go:3:1: undefined: requireToolchain',
])('is not told by: %s', (line) => {
  expect(lackingTool([line])).toBeNull();
});
