import type { HeaderFields } from '@assay/contract';

/**
 * The address to which the `Link` fields of a response point with this relation (RFC 8288, section 3), of all their lines together. Null where there is
 * none; a link that begins elsewhere (`anchor`) says nothing of the page itself.
 */
export function linkTo(headers: HeaderFields, relation: string): string | null {
  const whole = headers
    .filter(([name]) => name.toLowerCase() === 'link')
    .map(([, value]) => value)
    .join(', ');
  for (const link of split(whole, ',')) {
    const [target = '', ...rest] = split(link, ';').map((part) => part.trim());
    const address = /^<([^>]*)>$/.exec(target)?.[1];
    const parameters = new Map(rest.map(parameter).reverse());
    const relations = (parameters.get('rel') ?? '').toLowerCase().split(/\s+/);
    if (address !== undefined && !parameters.has('anchor') && relations.includes(relation)) return address;
  }
  return null;
}

/** Its name in lower case, and its value without quotes. Of two with the same name the first one holds. */
function parameter(text: string): readonly [string, string] {
  const [name = '', ...rest] = text.split('=');
  const value = rest.join('=').trim();
  const isQuoted = value.length > 1 && value.startsWith('"') && value.endsWith('"');
  return [name.trim().toLowerCase(), isQuoted ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1') : value];
}

/** Parts between separators that stand neither in an address nor in a quoted text. */
function split(text: string, separator: string): readonly string[] {
  const parts = [''];
  let around: '<' | '"' | null = null;
  let isEscaped = false;
  for (const character of text) {
    if (around === null && character === separator) {
      parts.push('');
      continue;
    }
    parts[parts.length - 1] += character;
    if (isEscaped) isEscaped = false;
    else if (around === '"' && character === '\\') isEscaped = true;
    else if (around === null && (character === '<' || character === '"')) around = character;
    else if ((around === '<' && character === '>') || (around === '"' && character === '"')) around = null;
  }
  return parts;
}
