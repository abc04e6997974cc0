import { type Sandbox, chooseSandbox } from '../../sandbox/choose-sandbox.ts';
import { probeBubblewrap } from '../../sandbox/bubblewrap-probe.ts';

const probe = await probeBubblewrap();

/** True where tests of bubblewrap have to be left out. With ASSAY_REQUIRE=all they run, and fail. */
export const withoutBubblewrap = !probe.works && process.env['ASSAY_REQUIRE'] !== 'all';

/** Every kind of sandbox that this machine has, by name. */
export const sandboxes: readonly (readonly [string, () => Promise<Sandbox>])[] = [
  ...(withoutBubblewrap ? [] : [['bubblewrap', () => chooseSandbox({ mode: 'require' })] as const]),
  ['plain process', () => chooseSandbox({ mode: 'off' })] as const,
];
