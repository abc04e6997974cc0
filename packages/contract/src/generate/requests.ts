import type * as fc from 'fast-check';
import type { Contract, Operation } from '../vocabulary/operation.ts';
import { MadeArbitrary } from './made-arbitrary.ts';
import { ensureBody, planOperation } from './operation-plan.ts';
import { bind } from './request-case.ts';
import type { Bindings, RequestCase } from './request-case.ts';
import type { Mode } from './value-maker.ts';

export interface RequestOptions {
  /** Default `wild` for valid requests; invalid ones are otherwise `plain`. */
  readonly mode?: Mode;
  readonly bindings?: Bindings;
  /**
   * Optional parameters that are never sent unless they are bound, such as an opaque cursor that only the backend can give: `query:cursor`.
   */
  readonly omit?: readonly string[];
  /** Lets strings of the body hold U+0000 now and then. Default false. */
  readonly nul?: boolean;
}

/**
 * Requests that the contract allows. Bound values stand where they are told, whatever the schema says of them.
 *
 * @throws UnsupportedSchema when a required parameter or body cannot be made.
 */
export function validRequests(
  contract: Contract,
  operation: Operation,
  options: RequestOptions = {},
): fc.Arbitrary<RequestCase> {
  const { mode = 'wild', bindings = {} } = options;
  const plan = planOperation(contract, operation, options);
  const present = (context: RequestCase) => ({ value: bind(context, bindings), context });
  return new MadeArbitrary<RequestCase, RequestCase>(
    (source) => present(ensureBody(plan, plan.make(source, mode), bindings, source, mode)),
    function* (context) {
      for (const simpler of plan.simpler(context)) {
        if (
          simpler.body === undefined &&
          context.body !== undefined &&
          Object.keys(bindings).some((target) => target.startsWith('body:'))
        )
          continue;
        yield present(simpler);
      }
    },
  );
}
