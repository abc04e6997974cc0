import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Report } from '@assay/contract';
import { afterAll, expect, it } from 'vitest';
import { removeHome } from './leftovers.ts';
import { assay, testHome } from './run-assay.ts';
import { server, smallBackend, smallContract } from './small-backend.ts';

const home = testHome();
const scratch = mkdtempSync(path.join(tmpdir(), 'assay-replay-'));
afterAll(() => {
  removeHome(home);
  rmSync(scratch, { recursive: true, force: true });
});

const description = `title: Things
summary: A list of things.
level: 1
skills: [apis]
contract: openapi.yaml
brief: brief.md
`;

// One of the same name comes with Assay, with another contract.
it('replays against the challenge whose folder was given, and not against one of its name', async () => {
  const backend = smallBackend(path.join(scratch, 'backend'), server('response.writeHead(500).end()'));
  const challenge = path.join(scratch, 'todo');
  mkdirSync(challenge);
  for (const [name, text] of Object.entries({
    'challenge.yaml': description,
    'openapi.yaml': smallContract,
    'brief.md': '# Things\n',
  }))
    writeFileSync(path.join(challenge, name), text);
  const words = ['--challenge', './todo', '--only', 'contract/no-server-error', '--start-timeout', '77'];
  const first = await assay(['check', backend, ...words, '--format', 'json'], { home, cwd: scratch });
  expect(JSON.parse(first.stdout) as Report).toMatchObject({
    challenge: 'todo',
    challengeFolder: challenge,
    startTimeoutSeconds: 77,
    checks: expect.arrayContaining([expect.objectContaining({ id: 'contract/no-server-error', status: 'failed' })]),
  });
  const recorded = await assay(['replay', 'f-1', '--recorded'], { home });
  expect(recorded.stdout).toContain('STILL THERE  contract/no-server-error:listThings');
  const still = await assay(['replay', 'f-1'], { home });
  expect(still.stdout).toContain('STILL THERE  contract/no-server-error:listThings');
  smallBackend(backend, server());
  const gone = await assay(['replay', 'f-1'], { home });
  expect(gone.stdout).toMatch(/^GONE {2}/);
});
