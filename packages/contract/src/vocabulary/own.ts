/** A member by its name, which a stranger chose: an element may be called `constructor`, and no object lacks something of that name. */
export function own<T>(object: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
