import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

/** Processes of their own, to which signals are sent as the work is on or has ended. Their clock stands until they move it. */

const prelude = `
import { setImmediate as turn } from 'node:timers/promises';
import { interruptible } from ${JSON.stringify(pathToFileURL(path.join(import.meta.dirname, 'interrupt.ts')).href)};
let now = 0;
performance.now = () => now;
/** Sends it, and lets what listens to it hear it: another signal, sent after it, has arrived. */
async function send(signal) {
  const alive = setInterval(() => undefined, 1000);
  const heard = new Promise((resolve) => process.once('SIGUSR2', resolve));
  process.kill(process.pid, signal);
  process.kill(process.pid, 'SIGUSR2');
  await heard;
  clearInterval(alive);
  await turn();
}
const stopped = (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
`;

function ran(body: string) {
  const argv = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', prelude + body];
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  return { status, signal, stdout, stderr };
}

describe.skipIf(process.platform === 'win32')('a signal after the work', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s: undecided, and not ended by it', (signal) => {
    expect(ran(`await interruptible(async () => 1); await send('${signal}'); process.exit(7);`)).toEqual({
      status: 3,
      signal: null,
      stdout: '',
      stderr: 'assay: stopped at once\n',
    });
  });

  const interrupted = "const work = interruptible(stopped).catch(() => undefined); await send('SIGINT'); await work;";

  it('that is the echo of one during the work: what came of it is told to its end', () => {
    expect(ran(`${interrupted} await send('SIGTERM'); process.exit(7);`)).toMatchObject({
      status: 7,
      stderr: '\nassay: stopping; once more to stop at once\n',
    });
  });

  it('that is the second one ends at once', () => {
    expect(ran(`${interrupted} now = 1000; await send('SIGINT'); process.exit(7);`)).toMatchObject({
      status: 3,
      signal: null,
      stderr: '\nassay: stopping; once more to stop at once\nassay: stopped at once\n',
    });
  });

  it('is the first one of the work that follows', () => {
    const body = `await interruptible(async () => 1); ${interrupted} process.exit(7);`;
    expect(ran(body)).toMatchObject({ status: 7, stderr: '\nassay: stopping; once more to stop at once\n' });
  });

  it('keeps no process alive by being waited for', () => {
    expect(ran("await interruptible(async () => 1); console.log('told');")).toMatchObject({
      status: 0,
      stdout: 'told\n',
    });
  });
});
