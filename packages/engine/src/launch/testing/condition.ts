import { setTimeout as pause } from 'node:timers/promises';

/** Waits until something holds. Fails with its name when it does not in time. */
export async function until(name: string, holds: () => boolean | Promise<boolean>, timeoutMs = 30_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`It did not come to hold: ${name}`);
    await pause(10);
  }
}
