import { availableParallelism } from 'node:os';
import type { AnyCheck } from '@assay/checks';

/** Instances that checks have for themselves at the same time: as many as there are processors, within reason for the memory. */
const ownLanes = Math.min(4, availableParallelism());

/**
 * Does the work of all checks, each in the order given. Those that share the one instance go one after the other; beside them, in lanes of
 * their own, those that have an instance for themselves. Those that measure time come last, each with the machine to itself.
 */
export async function inLanes(checks: readonly AnyCheck[], work: (check: AnyCheck) => Promise<void>): Promise<void> {
  const lane = async (queue: AnyCheck[]): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
  };
  const beside = checks.filter((check) => check.alone !== true);
  const own = beside.filter(({ instance }) => instance === 'own');
  const shared = beside.filter(({ instance }) => instance === 'shared');
  await Promise.all([lane(shared), ...Array.from({ length: ownLanes }, () => lane(own))]);
  await lane(checks.filter((check) => check.alone === true));
}
