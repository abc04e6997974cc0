import type { MessageViolation } from '@assay/contract';

/**
 * What tells one violation of a schema from another, without anything that was sent or stored: the place, the element or attribute, and what kind of
 * rule it is. A value may hold whatever the validator quotes with, so nothing after its first quote is taken, but for a facet's name.
 */
export function violationKey({ message, path }: MessageViolation): string {
  const [, who = '', text = ''] = /^(Element '[^']*'(?:, attribute '[^']*')?: )?([^]*)$/.exec(message) ?? [];
  const facet = /^\[facet '(\w+)'\]/.exec(text)?.[1];
  const rule = facet ?? (/^[^'"[]*/.exec(text)?.[0].trim() || 'value');
  // An item's place in its list is chance.
  return [path.replaceAll(/\[\d+\]/g, ''), who.replace(/: $/, ''), rule].filter((part) => part !== '').join(' ');
}
