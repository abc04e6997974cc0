import type * as fc from 'fast-check';
import type { Contract, Operation } from '../vocabulary/operation.ts';
import { UnsupportedSchema } from './cannot-make.ts';
import { MadeArbitrary } from './made-arbitrary.ts';
import type { Made } from './made-arbitrary.ts';
import type { ViolationKind } from './mutation.ts';
import { ensureBody, planOperation } from './operation-plan.ts';
import { bind } from './request-case.ts';
import type { Bindings, InvalidRequestCase } from './request-case.ts';
import type { RequestOptions } from './requests.ts';
import { violationsOf } from './violations.ts';
import type { Breach, Violation } from './violations.ts';

export interface InvalidRequestOptions extends RequestOptions {
  /** Only these kinds of violation; all when left out. */
  readonly kinds?: readonly ViolationKind[];
}

const mostTries = 200;

/** Whether an operation's contract forbids anything that could be sent, of these kinds. */
export function canBeViolated(contract: Contract, operation: Operation, kinds?: readonly ViolationKind[]): boolean {
  return wanted(violationsOf(planOperation(contract, operation)), kinds).length > 0;
}

/**
 * Requests that violate the contract in exactly one place; everything else is valid and bound values stand where they are told, unless it
 * is such a value that is violated. Shrinking simplifies the valid rest.
 *
 * @throws UnsupportedSchema when a required parameter or body cannot be made, or the contract allows everything (see `canBeViolated`).
 */
export function invalidRequests(
  contract: Contract,
  operation: Operation,
  options: InvalidRequestOptions = {},
): fc.Arbitrary<InvalidRequestCase> {
  const { mode = 'plain', bindings = {} } = options;
  const plan = planOperation(contract, operation, options);
  const groups = grouped(wanted(violationsOf(plan), options.kinds));
  if (groups.length === 0)
    throw new UnsupportedSchema(operation.id, 'its contract allows every request that could be made');
  return new MadeArbitrary<InvalidRequestCase, Breach>(
    (source) => {
      for (let tries = 0; tries < mostTries; tries++) {
        const violation = source.pick(source.pick(groups));
        const request = ensureBody(plan, plan.make(source, mode), bindings, source, mode);
        const made = present(violation.prepare(request, source, mode), bindings);
        if (made !== null) return made;
      }
      throw new UnsupportedSchema(operation.id, 'the bound values leave nothing to violate');
    },
    function* (breach) {
      for (const base of plan.simpler(breach.base)) {
        const made = present({ base, apply: breach.apply }, bindings);
        if (made !== null) yield made;
      }
    },
  );
}

/** The request with the bindings and then the violation in it; null when a simpler request no longer can be violated so. */
export function present(breach: Breach, bindings: Bindings): Made<InvalidRequestCase, Breach> | null {
  // Without the bindings first: whether the schema is violated must not depend on what they hold.
  if (breach.apply(breach.base) === null) return null;
  const value = breach.apply(bind(breach.base, bindings));
  return value === null ? null : { value, context: breach };
}

function wanted(violations: readonly Violation[], kinds: readonly ViolationKind[] | undefined): readonly Violation[] {
  return kinds === undefined ? violations : violations.filter(({ kind }) => kinds.includes(kind));
}

function grouped(violations: readonly Violation[]): readonly (readonly Violation[])[] {
  const groups = new Map<string, Violation[]>();
  for (const violation of violations) {
    const group = groups.get(violation.key);
    if (group === undefined) groups.set(violation.key, [violation]);
    else group.push(violation);
  }
  return [...groups.values()];
}
