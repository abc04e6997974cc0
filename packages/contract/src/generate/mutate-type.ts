import { jsonKey } from '../validate/json-key.ts';
import { anyOfTypes, shown, withArticle } from '../validate/wording.ts';
import type { Json } from '../vocabulary/json.ts';
import type { Node } from './node.ts';
import { jsonTypes } from './facet.ts';
import type { JsonType } from './facet.ts';
import { replacement } from './mutation.ts';
import type { Mutation, Target } from './mutation.ts';

const strangers: Readonly<Record<JsonType, Json>> = {
  string: 'text',
  number: 42,
  boolean: true,
  object: {},
  array: [],
  null: null,
};

/** Values of every type that no alternative of the place allows. */
export function typeMutations(target: Target): readonly Mutation[] {
  const { node } = target.place;
  const allowed = new Set(node.alternatives.map(({ type }) => type));
  const wholeOnly =
    node.alternatives.some(({ type, facet }) => type === 'number' && facet.integer) &&
    !node.alternatives.some(({ type, facet }) => type === 'number' && !facet.integer);
  const names = [...allowed].map((type) => (type === 'number' && wholeOnly ? 'integer' : type));
  const must = `must be ${anyOfTypes(names)}`;
  // The likeliest mistakes first; null is a kind of its own.
  const wrong = jsonTypes.filter((type) => !allowed.has(type));
  const mutations = wrong.map((type) =>
    replacement(target, type === 'null' ? 'null' : 'type', 'type', () => ({
      value: strangers[type],
      description: `${target.subject} is ${type === 'string' ? shown(strangers.string) : withArticle(type)}, ${must}`,
    })),
  );
  // What Gson, Jackson and PHP take for a number or a truth value unless they are told not to.
  const lookalikes = allowed.has('string') ? [] : (['number', 'boolean'] as const).filter((type) => allowed.has(type));
  mutations.unshift(
    ...lookalikes.map((type) =>
      replacement(target, 'type', 'type', (part) =>
        typeof part === type
          ? { value: String(part), description: `${target.subject} is ${shown(String(part))}, ${must}` }
          : null,
      ),
    ),
  );
  if (wholeOnly)
    mutations.push(
      replacement(target, 'type', 'type', () => ({ value: 1.5, description: `${target.subject} is 1.5, ${must}` })),
    );
  return mutations;
}

/** A value of the right type that is not among those listed. */
export function enumMutations(target: Target): readonly Mutation[] {
  const listed = target.place.node.alternatives.flatMap(({ facet }) => facet.allowed ?? []);
  if (listed.length === 0 || !target.place.node.alternatives.every(({ facet }) => facet.allowed !== null)) return [];
  const keys = new Set(listed.map(jsonKey));
  const stranger = strangerAmong(listed, keys, target.place.node);
  if (stranger === undefined) return [];
  const keyword = listed.length === 1 ? 'const' : 'enum';
  return [
    replacement(target, 'enum', keyword, () => ({
      value: stranger,
      description: `an unknown ${target.subject} ${shown(stranger)}`,
    })),
  ];
}

function strangerAmong(listed: readonly Json[], keys: ReadonlySet<string>, node: Node): Json | undefined {
  const types = new Set(node.alternatives.map(({ type }) => type));
  const numbers = listed.filter((value) => typeof value === 'number');
  const candidates: readonly Json[] = [
    ...(types.has('string') ? ['unknown', 'x', 'zzz-unknown'] : []),
    ...(types.has('number') ? [Math.max(...numbers, 0) + 1] : []),
    ...(types.has('boolean') ? [true, false] : []),
  ];
  return candidates.find((value) => !keys.has(jsonKey(value)));
}
