import type { Operation, ProbeContext, RequestSpec, Statement } from '@assay/contract';
import { sqlTemplate } from '../database/sql-template.ts';
import { isWayOut } from '../requests/way-out.ts';
import { withoutConditions } from '../requests/without-conditions.ts';
import { methodOf } from '../soap/by-schema.ts';
import type { Setup } from './setup.ts';

/** A request that changes something. Most can be sent only once, so there is another one each time. */
interface WriteRequest {
  readonly operation: string;
  /** Throws SetupFailed. */
  readonly next: () => Promise<RequestSpec>;
}

const methods = ['POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Requests for every operation that writes, but for signing out, after which nobody would be asked any more; those that remove something last, each with a
 * thing of its own.
 */
export function writeRequests({ contract, shape }: ProbeContext, setup: Setup): readonly WriteRequest[] {
  const rank = (operation: Operation): number => methods.indexOf(methodOf(operation));
  return contract.operations
    .filter((operation) => rank(operation) >= 0 && !isWayOut(operation))
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ id }) => {
      const removed = shape.resources.find(({ remove }) => remove === id);
      return {
        operation: id,
        next: async () => {
          if (removed === undefined || removed.create === null) return withoutConditions(await setup.request(id));
          const own = await setup.make(removed.name);
          setup.forget(own);
          return withoutConditions(await setup.request(id, { [`path:${removed.idParameter ?? 'id'}`]: own.id }));
        },
      };
    });
}

/**
 * The statements of a request that writes which look for rows. Not those that ask for a range: what sweeps up whatever is too old keeps its table short
 * where the backend is used, and here it is long.
 */
export function lookups(statements: readonly Statement[]): readonly Statement[] {
  return statements.filter(
    ({ command, text }) => ['SELECT', 'UPDATE', 'DELETE'].includes(command ?? '') && !asksForRange(text),
  );
}

function asksForRange(text: string): boolean {
  return /[<>]|\bbetween\b/i.test(sqlTemplate(text).replaceAll(/[-#]>>?|<>|@>|<@|=>|<[-#]>/g, ' '));
}
