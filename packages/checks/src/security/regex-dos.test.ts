import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exchangeOf, judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf } from '../kit/testing/scripted-for-tests.ts';
import { reaching } from '../kit/testing/served-for-tests.ts';
import { check } from './regex-dos.ts';

const contract = contractOf({
  '/users': {
    post: {
      operationId: 'signUp',
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['email'],
              properties: { email: { type: 'string', maxLength: 200, format: 'email' } },
            },
          },
        },
      },
      responses: { '201': { description: 'ok' }, '400': { description: 'bad' } },
    },
  },
});

/** A backend in a process of its own: it will be too busy to be asked anything else. */
async function answeredBy(pattern: 'careless' | 'careful') {
  let child: ChildProcess | null = null;
  let port = 0;
  const start = async (): Promise<void> => {
    child?.kill('SIGKILL');
    child = spawn(process.execPath, [path.join(import.meta.dirname, 'fixtures/matching-backend.js'), pattern]);
    const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    port = Number(line.toString());
  };
  onTestFinished(() => void child?.kill('SIGKILL'));
  await start();
  const backend = reaching(() => port, start);
  return judged(check, await check.probe(contextOf(contract, backend)), contract);
}

describe(check.id, () => {
  it('passes a recording of a reference and fails one of a mutant', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
    expect(judged(check, recorded(check, 'fail')).status).toBe('failed');
  });

  it('finds a pattern that tries every way to split a text', { timeout: 120_000 }, async () => {
    expect((await answeredBy('careless')).findings).toMatchObject([{ key: 'signUp body:/email' }]);
  });

  it('passes a pattern that reads a text once', async () => {
    expect((await answeredBy('careful')).status).toBe('passed');
  });

  it('says where a backend that does not start again is told of', async () => {
    const backend = reaching(
      () => 1,
      () => Promise.resolve(),
    );
    const slow = {
      ...backend,
      send: async () => ({ ...exchangeOf('POST /users', 400), durationMs: 900 }),
      start: async () => ({ ready: false as const, reason: 'it ended: exit status 1', log: [] }),
    };
    const told = judged(check, await check.probe(contextOf(contract, slow)), contract);
    expect(told.status).toBe('undecided');
    expect(told.reason).toMatch(/restart-is-idempotent \(it ended: exit status 1\)$/);
  });

  it('needs every answer to be far slower than a harmless one, and to grow with the length', () => {
    const failing = recorded(check, 'fail');
    const [suspect] = failing.suspects;
    if (suspect === undefined) throw new Error('the recording holds none');
    const measured = (attacks: readonly number[], controls: readonly number[], halfMs: readonly number[]) => {
      const pairs = attacks.map((attackMs, at) => ({ attackMs, controlMs: controls[at] ?? 0 }));
      return judged(check, { ...failing, suspects: [{ ...suspect, pairs, halfMs }] }).status;
    };
    expect(measured([1_200, 1_300, 1_250], [2, 3, 2], [4, 5, 4])).toBe('failed');
    expect(measured([1_200, 400, 1_250], [2, 3, 2], [4, 5, 4])).toBe('passed');
    // One harmless answer that a busy machine delays hides nothing; where most are slow, the machine is.
    expect(measured([1_200, 1_300, 1_250], [2, 300, 2], [4, 400, 4])).toBe('failed');
    expect(measured([1_200, 1_300, 1_250], [90, 300, 2], [4, 5, 4])).toBe('passed');
    expect(measured([1_200, 1_300, 1_250], [2, 3, 2], [300, 400, 4])).toBe('passed');
    expect(measured([1_200], [2], [4])).toBe('passed');
  });
});
