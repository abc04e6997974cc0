import { closeSync, openSync, readdirSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { buildBackend } from './build-backend.ts';
import { detect } from './detect/detect.ts';
import { testFolder } from './detect/test-folder.ts';
import { openHome } from './home/home.ts';
import { startChild, temporaryHome } from './home/test-child.ts';
import { withoutBubblewrap } from './launch/testing/sandboxes.ts';
import { noSettings } from './settings/settings.ts';

test.each([...(withoutBubblewrap ? [] : ['require']), 'off'])(
  'a build sees no file that Assay itself was started with (sandbox: %s)',
  async (sandbox) => {
    const home = temporaryHome();
    onTestFinished(() => home.remove());
    const folder = testFolder({ 'server.js': '' });
    const root = openSync('/', 'r');
    onTestFinished(() => closeSync(root));
    const child = startChild(
      `const [{ openHome }, { detect }, { buildBackend }, { noSettings }] = await Promise.all(
         ['home/home.ts', 'detect/detect.ts', 'build-backend.ts', 'settings/settings.ts'].map(load));
       const home = openHome(process.env);
       const settings = { ...noSettings, build: ['ls -d /proc/self/fd/100/etc || echo closed'], start: 'node server.js' };
       await buildBackend(await detect(${JSON.stringify(folder)}, settings), {
         home, sandbox: '${sandbox}', signal: new AbortController().signal,
         onOutput: ({ stream, line }) => stream === 'stdout' && say(line),
       });`,
      home.path,
      undefined,
      root,
    );
    expect(await child.line()).toBe('closed');
    expect((await child.end()).code).toBe(0);
  },
);

test.skipIf(withoutBubblewrap)(
  'of the home of a build the caches alone are there for the next one, and nothing for a reference',
  async () => {
    const temporary = temporaryHome();
    onTestFinished(() => temporary.remove());
    const home = openHome({ ASSAY_HOME: temporary.path });
    const run = async (command: string, isReference: boolean): Promise<readonly string[]> => {
      const printed: string[] = [];
      const settings = { ...noSettings, build: [command], start: 'node server.js' };
      const built = await buildBackend(await detect(testFolder({ 'server.js': '' }), settings), {
        home,
        sandbox: 'require',
        isReference,
        signal: new AbortController().signal,
        onOutput: ({ line }) => printed.push(line),
      });
      expect(built).toHaveProperty('folder');
      return printed;
    };
    const files = '.npmrc .config/pip/pip.conf .m2/settings.xml .m2/repository/a.jar .npm/_cacache/a .cache/pip/a';
    const leave = `echo "$HOME"; cd "$HOME"; for f in ${files}; do mkdir -p "$(dirname $f)"; echo x > $f; done; rm -rf .m2 2>/dev/null; mkdir -p .m2/repository; touch .m2/repository/a.jar`;
    const look = `echo "$HOME"; cd "$HOME"; for f in ${files}; do ! test -e $f || echo $f; done`;
    const [path] = await run(leave, false);
    expect(await run(look, false)).toEqual([path, '.m2/repository/a.jar', '.npm/_cacache/a', '.cache/pip/a']);
    expect(await run(look, true)).toEqual([expect.stringMatching(/\/references\/home$/)]);
    expect(readdirSync(home.cache).filter((name) => name.startsWith('own-'))).toEqual([]);
  },
);
