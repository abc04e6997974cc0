import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { testFolder } from '../detect/test-folder.ts';
import { isCheckoutReachable, isRoot, nobody, startChild, temporaryHome } from '../home/test-child.ts';

/** A build of the settings given, by an ordinary user, whom permissions bind; what came of it, in words. */
async function buildAsNobody(cacheFolder: string, folder: string, settings: object): Promise<string> {
  const child = startChild(
    `const [{ detect }, { build }, { noSettings }] = await Promise.all(
       ['detect/detect.ts', 'build/build.ts', 'settings/settings.ts'].map(load));
     const detected = await detect(${JSON.stringify(folder)}, { ...noSettings, start: 'x', ...${JSON.stringify(settings)} });
     const troubles = [];
     const outcome = await build(detected, { cacheFolder: ${JSON.stringify(cacheFolder)}, signal: new AbortController().signal,
       onOutput() {}, onTrouble: (what) => troubles.push(what) });
     say([outcome.kind ?? 'built', ...troubles].join(' '));`,
    cacheFolder,
    isRoot ? nobody : undefined,
  );
  return child.line();
}

test.skipIf(isRoot && !isCheckoutReachable())(
  'folders that a build leaves closed, in one that fails as in one that does not, are removed and stop no other build',
  async () => {
    const home = temporaryHome();
    mkdirSync(home.path);
    if (isRoot) execFileSync('chown', [`${nobody.uid}:${nobody.gid}`, home.path]);
    onTestFinished(() => home.remove());
    const folder = testFolder({ a: '' });
    if (isRoot) execFileSync('chmod', ['755', folder]);
    const close = 'mkdir -p x/y && touch x/y/z && chmod 0555 x/y && chmod 0 x';
    const run = (settings: object): Promise<string> => buildAsNobody(home.path, folder, settings);

    expect(await run({ build: [`${close}; exit 1`] })).toBe('build-failed');
    expect(readdirSync(join(home.path, 'builds'))).toEqual([]);
    expect(await run({ install: ['false'], build: [`${close}; exit 1`] })).toBe('build-failed');
    expect(await run({ build: [close] })).toBe('built');
    // It begins from what the last one left.
    expect(await run({ build: [`${close}; true`] })).toBe('built');
    expect(await run({ build: ['true'] })).toBe('built');
  },
);
