import { describe, expect, it } from 'vitest';
import { probe, reasonOf } from './bubblewrap-probe.ts';
import { chooseSandbox } from './choose-sandbox.ts';

const broken = () =>
  Promise.resolve({ works: false as const, path: null, version: null, reason: 'bubblewrap is not installed' });

describe('chooseSandbox', () => {
  it('falls back to a plain process and says so', async () => {
    const sandbox = await chooseSandbox({ mode: 'auto', probe: broken });
    expect(sandbox.bubblewrap).toBeNull();
    expect(sandbox.report.kind).toBe('none');
    expect(sandbox.report.note).toContain('bubblewrap is not installed');
  });

  it('refuses to do without one that is required', async () => {
    await expect(chooseSandbox({ mode: 'require', probe: broken })).rejects.toMatchObject({
      code: 'sandbox-required',
      message: expect.stringContaining('bubblewrap is not installed'),
    });
  });

  it('says that it was turned off', async () => {
    expect((await chooseSandbox({ mode: 'off' })).report.note).toContain('turned off');
  });
});

describe('probe', () => {
  it('finds that bubblewrap is not installed', async () => {
    expect(await probe('/nowhere')).toMatchObject({ works: false });
  });

  it('explains a system that forbids namespaces', () => {
    const error = Object.assign(new Error('Command failed'), {
      stderr: 'bwrap: setting up uid map: Permission denied\n',
    });
    expect(reasonOf(error)).toContain('AppArmor');
  });
});
