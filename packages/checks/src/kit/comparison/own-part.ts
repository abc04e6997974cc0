import { type ContractShape, isJsonObject, isSameNoun, type Json, type Resource } from '@assay/contract';
import { isIdName } from '../setup/id-name.ts';

/**
 * The part of a body that the thing itself is made of. What only points at other things is left out: members named after another resource that hold its
 * objects (`specialties: [{ name }]`), and whatever stands beside an id that came back as it was sent (`type: { id: 3, name }`). The backend shows there
 * what those other things are, and not what was sent.
 * @param others resources that are made by themselves.
 */
export function ownPart(sent: Json, back: Json, others: readonly string[], depth = 0): Json {
  if (Array.isArray(sent))
    return Array.isArray(back) && sent.length === back.length
      ? sent.map((item, index) => ownPart(item as Json, (back[index] ?? null) as Json, others, depth + 1))
      : sent;
  if (!isJsonObject(sent) || !isJsonObject(back)) return sent;
  const ids = Object.entries(sent).filter(([name, value]) => isIdName(name) && isId(value) && back[name] === value);
  // The thing's own id stands at the top.
  if (depth > 0 && ids.length > 0) return Object.fromEntries(ids);
  return Object.fromEntries(
    Object.entries(sent)
      .filter(([name, value]) => !(holdsObjects(value) && others.some((other) => isSameNoun(name, nameOf(other)))))
      .map(([name, value]) => [name, ownPart(value, back[name] ?? null, others, depth + 1)]),
  );
}

function isId(value: Json): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function holdsObjects(value: Json): boolean {
  return Array.isArray(value) ? value.some((item) => isJsonObject(item as Json)) : isJsonObject(value);
}

function nameOf(resource: string): string {
  return resource.split('/').at(-1) ?? resource;
}

/** The other resources that are made by themselves. */
export function othersOf({ resources }: ContractShape, { name: own }: Resource): readonly string[] {
  return resources.filter(({ name, create }) => create !== null && name !== own).map(({ name }) => name);
}
