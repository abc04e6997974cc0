import { isWordPart, skipComment, skipQuoted } from '@assay/contract';

/**
 * The shape of a statement: literals and parameters as `?`, lists of them as one, without comments, white space folded. Two executions of
 * one line of code have the same template.
 */
export function sqlTemplate(text: string): string {
  let template = '';
  let at = 0;
  while (at < text.length) {
    const afterComment = skipComment(text, at);
    if (afterComment > at) {
      template += ' ';
      at = afterComment;
      continue;
    }
    const afterQuoted = skipQuoted(text, at);
    if (afterQuoted > at) {
      template += text[at] === '"' ? text.slice(at, afterQuoted) : '?';
      at = afterQuoted;
      continue;
    }
    const from = at;
    while (at < text.length && isWordPart(text.charCodeAt(at))) at += 1;
    if (at === from) template += text.charAt(at++);
    else template += /^(\$?\d)/.test(text.slice(from, at)) ? '?' : text.slice(from, at);
  }
  return template
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\?(\s*,\s*\?)+/g, '?')
    .replaceAll(/\(\s*\?\s*\)(\s*,\s*\(\s*\?\s*\))+/g, '(?)')
    .trim();
}

/** How often each template occurs. */
export function countTemplates(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const template = sqlTemplate(text);
    counts.set(template, (counts.get(template) ?? 0) + 1);
  }
  return counts;
}

/** Statements that manage a session or a transaction and touch no rows. */
export function isHousekeeping(text: string): boolean {
  const statement = text.trim().replace(/;$/, '').trimEnd();
  return (
    /^(begin|start transaction|commit|rollback|savepoint|release|set|show|discard|deallocate|select\s+version\(\))/i.test(
      statement,
    ) || /^select\s+1$/i.test(statement)
  );
}
