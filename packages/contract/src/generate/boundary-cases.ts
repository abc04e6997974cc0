import { jsonKey } from '../validate/json-key.ts';
import type { Json } from '../vocabulary/json.ts';
import type { Contract, Operation } from '../vocabulary/operation.ts';
import { CannotMake } from './cannot-make.ts';
import { applyEdit } from './edit.ts';
import { present } from './invalid-requests.ts';
import type { InvalidRequestOptions } from './invalid-requests.ts';
import { planOperation } from './operation-plan.ts';
import { bind, withParameter } from './request-case.ts';
import type { Bindings, InvalidRequestCase, RequestCase } from './request-case.ts';
import { makeWithPlace, placesOf, pointerOf, subjectOf } from './route.ts';
import { seededSource } from './source.ts';
import { tellingValues } from './telling-values.ts';
import type { ValueMaker } from './value-maker.ts';
import { violationsOf } from './violations.ts';
import type { Violation } from './violations.ts';

export interface BoundaryCases {
  readonly valid: readonly { readonly request: RequestCase; readonly about: string }[];
  readonly invalid: readonly InvalidRequestCase[];
}

const mostValid = 80;
const mostInvalid = 160;
const spareDepth = 2;

/**
 * The most telling requests of an operation, always the same: the smallest and the fullest, each parameter and property at its bounds, and
 * each violation once. The outermost places come first, so that a part of the list is worth sending too.
 *
 * @throws UnsupportedSchema when a required parameter or body cannot be made.
 */
export function boundaryCases(
  contract: Contract,
  operation: Operation,
  options: Omit<InvalidRequestOptions, 'mode'> = {},
): BoundaryCases {
  const bindings = options.bindings ?? {};
  const plan = planOperation(contract, operation, options);
  const { smallest, fullest } = plan;
  const valid = [
    { request: smallest, about: 'only what is required' },
    { request: fullest, about: 'everything that is optional' },
    ...plan.parameters.flatMap(({ parameter, maker }) =>
      telling(maker, parameter.name).map(({ value, about }) => ({
        request: withParameter(smallest, parameter.in, parameter.name, value),
        about,
      })),
    ),
    ...plan.bodies.slice(1).flatMap(({ mediaType, maker }) =>
      maker.models.slice(0, 1).map((value) => ({
        request: { ...smallest, body: { mediaType, value } },
        about: `the body as ${mediaType}`,
      })),
    ),
    ...plan.bodies.slice(0, 1).flatMap(({ mediaType, maker }) =>
      telling(maker, 'the body').map(({ value, about }) => ({
        request: { ...smallest, body: { mediaType, value } },
        about,
      })),
    ),
  ];
  const invalid: InvalidRequestCase[] = [];
  const withBody =
    smallest.body === undefined && fullest.body !== undefined ? { ...smallest, body: fullest.body } : smallest;
  const [first] = plan.bodies;
  const wanted = violationsOf(plan).filter(
    ({ kind, mediaType }) =>
      (options.kinds === undefined || options.kinds.includes(kind)) &&
      (mediaType === null || mediaType === first?.mediaType),
  );
  for (const [index, violation] of eachOnceFirst(wanted).entries()) {
    const breach = violation.prepare(
      violation.key.startsWith('body') ? withBody : smallest,
      seededSource(index + 1),
      'plain',
    );
    // The smallest request around it, where the violation does not need more.
    const made = present({ base: withBody, apply: breach.apply }, bindings) ?? present(breach, bindings);
    if (made !== null) invalid.push(made.value);
  }
  return { valid: boundAndUnique(valid, bindings).slice(0, mostValid), invalid: invalid.slice(0, mostInvalid) };
}

/** Small valid values of the whole with one place at a bound each. */
function telling(maker: ValueMaker, root: string): readonly { readonly value: Json; readonly about: string }[] {
  const [smallest] = maker.models;
  return placesOf(maker.node).flatMap((place) => {
    const making = maker.making(seededSource(5), 'plain');
    const pointer = pointerOf(place.steps);
    return tellingValues(place.alternative, making).flatMap(({ value, about }) => {
      const edit = { op: 'set', pointer, value } as const;
      const small = smallest === undefined ? undefined : applyEdit(smallest, edit);
      const whole = small !== undefined && maker.isValid(small) ? small : around(maker, place, edit);
      return whole === undefined || !maker.isValid(whole)
        ? []
        : [{ value: whole, about: `${subjectOf(place.steps, root)} ${about}` }];
    });
  });
}

function around(
  maker: ValueMaker,
  place: Parameters<typeof makeWithPlace>[0],
  edit: Parameters<typeof applyEdit>[1],
): Json | undefined {
  try {
    const { whole } = makeWithPlace(place, maker.making(seededSource(6), 'plain'), maker.node.height + spareDepth);
    return applyEdit(whole, edit);
  } catch (error) {
    if (error instanceof CannotMake) return undefined;
    throw error;
  }
}

/** One violation of each place and keyword, then the second of each, and so on. */
function eachOnceFirst(violations: readonly Violation[]): readonly Violation[] {
  const counts = new Map<string, number>();
  const ranked = violations.map((violation) => {
    const rank = counts.get(violation.key) ?? 0;
    counts.set(violation.key, rank + 1);
    return { violation, rank };
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ violation }) => violation);
}

function boundAndUnique(cases: BoundaryCases['valid'], bindings: Bindings): BoundaryCases['valid'] {
  const seen = new Set<string>();
  return cases
    .map(({ request, about }) => ({ request: bind(request, bindings), about }))
    .filter(({ request }) => {
      const key = jsonKey([request.path, request.query, request.headers, request.cookies, request.body ?? null]);
      return !seen.has(key) && seen.add(key);
    });
}
