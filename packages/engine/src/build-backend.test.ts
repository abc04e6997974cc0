import { closeSync, openSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { testFolder } from './detect/test-folder.ts';
import { startChild, temporaryHome } from './home/test-child.ts';
import { withoutBubblewrap } from './launch/testing/sandboxes.ts';

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
