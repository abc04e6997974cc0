/** As JSON text. PostgreSQL holds every text in JSON, be it a value or a name, but the character NUL and halves of pairs: they are replaced. */
export function storable(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) => {
    if (typeof one === 'string') return cleaned(one);
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return one;
    return Object.keys(one).every((name) => name === cleaned(name))
      ? one
      : Object.fromEntries(Object.entries(one).map(([name, of]) => [cleaned(name), of]));
  });
}

/** The same for a text that stands by itself. */
export function cleaned(text: string): string {
  return text.replaceAll('\0', '\u{2400}').toWellFormed();
}
