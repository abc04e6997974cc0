import type { Json } from '../vocabulary/json.ts';
import type { Schema } from '../vocabulary/operation.ts';
import type { XmlMember } from '../vocabulary/soap.ts';

/** One way in which the members of an element may stand together: what must be there, and what may. */
interface Alternative {
  readonly required: readonly string[];
  readonly present: readonly string[];
}

/** What may stand in an element: its members in their order, what each holds, and which of them go together. */
export interface Content {
  readonly members: readonly XmlMember[];
  readonly properties: Readonly<Record<string, Schema>>;
  readonly alternatives: readonly Alternative[];
}

/** Choices inside choices multiply; that many ways are told apart. */
const mostAlternatives = 16;

export const nothing: Content = { members: [], properties: {}, alternatives: [{ required: [], present: [] }] };

export function single(member: XmlMember, schema: Schema, required: boolean): Content {
  return {
    members: [member],
    properties: { [member.property]: schema },
    alternatives: [{ required: required ? [member.property] : [], present: [member.property] }],
  };
}

/** One after the other, as `xs:sequence` and `xs:all` have it. */
export function inSequence(parts: readonly Content[]): Content {
  return parts.reduce(
    (before, after) => ({
      members: [
        ...before.members,
        ...after.members.filter(({ property }) => !Object.hasOwn(before.properties, property)),
      ],
      properties: { ...before.properties, ...after.properties },
      alternatives: before.alternatives
        .flatMap((a) =>
          after.alternatives.map((b) => ({
            required: [...a.required, ...b.required],
            present: [...a.present, ...b.present],
          })),
        )
        .slice(0, mostAlternatives),
    }),
    nothing,
  );
}

/** One of them, as `xs:choice` has it. */
export function oneOf(parts: readonly Content[]): Content {
  const all = inSequence(parts);
  return { ...all, alternatives: parts.flatMap(({ alternatives }) => alternatives).slice(0, mostAlternatives) };
}

export function optional(content: Content): Content {
  return content.alternatives.every(({ required }) => required.length === 0)
    ? content
    : { ...content, alternatives: [...content.alternatives, { required: [], present: [] }] };
}

/** Members that may stand several times together. Their lists are as long as each other, so that they can take turns. */
export function repeated(content: Content, turn: number | null, least: number, most: number): Content {
  return {
    ...content,
    members: content.members.map((member) => ({ ...member, repeats: true, turn: member.repeats ? member.turn : turn })),
    properties: Object.fromEntries(
      content.members.map((member) => {
        const schema = content.properties[member.property] ?? true;
        const items: Record<string, Json> = {
          type: 'array',
          items: schema,
          minItems: Math.max(1, least),
          ...(Number.isFinite(most) ? { maxItems: most } : {}),
        };
        return [
          member.property,
          member.repeats ? schema : turn === null ? items : { ...items, maxItems: Math.max(1, least) },
        ];
      }),
    ),
  };
}

/** The value of an element with that content, as JSON Schema says it. */
export function objectSchema({ properties, alternatives }: Content): Schema {
  const names = Object.keys(properties);
  const base = { type: 'object', properties, additionalProperties: false };
  const [only] = alternatives;
  const unique = [...new Map(alternatives.map((each) => [JSON.stringify(each), each])).values()];
  if (only !== undefined && unique.length === 1 && only.present.length === names.length)
    return { ...base, ...requiredOf(only) };
  return {
    ...base,
    anyOf: unique.map((alternative) => ({
      ...requiredOf(alternative),
      properties: Object.fromEntries(
        names.filter((name) => !alternative.present.includes(name)).map((name) => [name, false]),
      ),
    })),
  };
}

function requiredOf({ required }: Alternative): { readonly required?: readonly string[] } {
  return required.length === 0 ? {} : { required: [...new Set(required)] };
}
