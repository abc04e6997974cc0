import type { Json } from '../vocabulary/json.ts';
import type { SchemaViolation } from './violation.ts';
import { counted, placeName, shown } from './wording.ts';

/** How telling a violation is among others at the same depth; what is not listed comes in the middle. */
const telling: Readonly<Record<string, number>> = {
  type: 0,
  false: 1,
  required: 1,
  const: 2,
  enum: 2,
  format: 3,
  pattern: 3,
  additionalProperties: 5,
  not: 6,
  oneOf: 7,
  anyOf: 7,
};

function depth(pointer: string): number {
  let count = 0;
  for (const character of pointer) if (character === '/') count++;
  return count;
}

/** The deepest first, then the most telling; equal ones keep their order, doubles are dropped. */
export function mostTellingFirst(violations: readonly SchemaViolation[]): readonly SchemaViolation[] {
  const messages = new Set<string>();
  const unique = violations.filter(({ message }) => !messages.has(message) && messages.add(message));
  return unique.sort(
    (a, b) => depth(b.pointer) - depth(a.pointer) || (telling[a.keyword] ?? 4) - (telling[b.keyword] ?? 4),
  );
}

/** How far a value is from a branch: a wrong type or a wrong tag at the top says that another branch was meant. */
function distance(violations: readonly SchemaViolation[], pointer: string): number {
  const top = depth(pointer);
  let sum = 0;
  for (const violation of violations) {
    const below = depth(violation.pointer) - top;
    if (violation.keyword === 'type' && below === 0) sum += 1000;
    else if ((violation.keyword === 'const' || violation.keyword === 'enum') && below <= 1) sum += 50;
    else if (violation.keyword === 'additionalProperties' || violation.keyword === 'unevaluatedProperties') sum += 4;
    else sum += violation.keyword === 'required' ? 5 : 3;
  }
  return sum;
}

/** When no branch of an anyOf or oneOf fits: what is wrong with the one that comes closest, or that all are far. */
export function closestBranch(
  keyword: 'anyOf' | 'oneOf',
  branches: readonly (readonly SchemaViolation[])[],
  pointer: string,
  value: Json,
): readonly SchemaViolation[] {
  const ranked = branches
    .map((violations) => ({ violations, far: distance(violations, pointer) }))
    .sort((a, b) => a.far - b.far);
  const [first, second] = ranked;
  if (first === undefined) return [];
  // Where several branches are equally far and all by their type or value, no single one was meant.
  const tied = second !== undefined && second.far === first.far && first.far >= 50;
  if (!tied) return first.violations;
  const message = `${placeName(pointer)} fits none of ${counted(branches.length, 'alternative')}, got ${shown(value)}`;
  const wanted = ranked
    .filter(({ far }) => far === first.far)
    .flatMap(({ violations }) => violations.slice(0, 1).map((each) => each.message));
  return [{ pointer, keyword, message: `${message} (${wanted.join('; ')})`, expected: null, actual: value }];
}
