import { exec, execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf } from '../kit/testing/scripted-for-tests.ts';
import { served } from '../kit/testing/served-for-tests.ts';
import { check } from './command-injection.ts';

const contract = contractOf({
  '/ping': {
    post: {
      operationId: 'ping',
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { type: 'object', required: ['host'], properties: { host: { type: 'string' } } },
          },
        },
      },
      responses: { '200': { description: 'ok' } },
    },
  },
});

const shell = promisify(exec);

/** @param run what is done with the host; its result is the answer */
async function answeredBy(run: (host: string) => Promise<string>) {
  const backend = await served(async ({ json }, response) => response.end(await run(String(json['host']))));
  return judged(check, await check.probe(contextOf(contract, backend)), contract);
}

describe(check.id, () => {
  it('passes a recording of a reference and fails one of a mutant', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
    expect(judged(check, recorded(check, 'fail')).status).toBe('failed');
  });

  it('finds what a shell worked out: bare, in double quotes, in single quotes', async () => {
    for (const command of ['echo HOST', 'echo "HOST"', "echo 'HOST'"]) {
      const told = await answeredBy(async (host) => (await shell(command.replace('HOST', () => host))).stdout);
      expect(told.findings, command).toMatchObject([{ key: 'ping body:/host', severity: 'critical' }]);
    }
  });

  it('finds a command whose output nobody sees', async () => {
    const told = await answeredBy(async (host) => {
      await shell(`echo "${host}"`).catch(() => undefined);
      return 'done';
    });
    expect(told.status).toBe('failed');
  });

  it('passes a program that is started without a shell, an echo, and a backend that fetches addresses from texts', async () => {
    const file = promisify(execFile);
    expect((await answeredBy(async (host) => (await file('echo', [host])).stdout)).status).toBe('passed');
    expect((await answeredBy((host) => Promise.resolve(host))).status).toBe('passed');
    const preview = async (host: string): Promise<string> => {
      for (const [url] of host.matchAll(/http:\/\/[^\s|;]+/g)) await fetch(url);
      return 'done';
    };
    expect((await answeredBy(preview)).status).toBe('passed');
  });

  it('takes delays for a proof only when every answer follows its own', () => {
    const failing = recorded(check, 'fail');
    const [suspect] = failing.suspects;
    if (suspect === undefined) throw new Error('the recording holds none');
    const delayed = (tookMs: readonly number[]) => {
      const trials = tookMs.map((took, at) => ({ seconds: at % 3, tookMs: took }));
      return judged(check, { ...failing, suspects: [{ ...suspect, proof: { kind: 'delayed', trials } }] }).status;
    };
    expect(delayed([20, 1_030, 2_015, 25, 1_100, 2_200, 18, 1_004, 2_003])).toBe('failed');
    expect(delayed([20, 1_030, 2_015, 25, 1_100, 2_200, 1_018, 1_004, 2_003])).toBe('passed');
    expect(delayed([20, 1_030, 2_015, 25, 1_100, 2_200, 18, 990, 2_003])).toBe('passed');
    expect(delayed([20, 1_030, 2_015])).toBe('passed');
    expect(delayed([3_020, 3_030, 3_015, 3_025, 3_100, 3_200, 3_018, 3_004, 3_003])).toBe('passed');
  });
});
