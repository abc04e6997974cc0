import type { ReactNode } from 'react';
import { visible } from '../../design/visible.ts';
import './highlight.css';

/** Longer texts are shown plainly: thousands of coloured words cost more than they tell. */
const longest = 20_000;

const languages = {
  sql: /(?<comment>--[^\n]*|\/\*[\s\S]*?\*\/)|(?<string>'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\3\$)|(?<name>"(?:[^"]|"")*")|(?<parameter>\$\d+)|(?<number>\b\d+(?:\.\d+)?\b)|(?<word>\b(?:select|from|where|and|or|not|in|any|all|insert|into|values|update|set|delete|returning|order|group|by|having|limit|offset|join|left|right|inner|outer|full|cross|lateral|on|as|using|create|alter|drop|table|index|unique|primary|key|foreign|references|constraint|check|default|null|is|like|ilike|between|exists|case|when|then|else|end|distinct|union|with|recursive|for|no|share|begin|commit|rollback|savepoint|release|start|transaction|isolation|level|read|committed|repeatable|serializable|only|conflict|do|nothing|asc|desc|nulls|first|last|true|false|cast|over|partition|fetch|explain|analyze|lock|skip|locked|truncate|copy|to)\b)/gi,
  json: /(?<name>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<string>"(?:[^"\\]|\\.)*")|(?<number>-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b)|(?<word>\b(?:true|false|null)\b)/g,
  plan: /(?<bad>\bSeq Scan\b|\bRows Removed by Filter: \d+)|(?<good>\b(?:Index Only Scan|Index Scan|Bitmap Index Scan|Bitmap Heap Scan)\b)|(?<number>(?:cost|rows|loops|width|hit|read)=[\d.]+)|(?<string>'(?:[^']|'')*')/g,
} as const satisfies Record<string, RegExp>;

export type Language = keyof typeof languages;

/** The text with its words coloured; every character of it is text. */
export function highlight(text: string, language: Language): ReactNode {
  if (text.length > longest) return visible(text);
  const parts: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(languages[language])) {
    const kind = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined)?.[0];
    if (match.index > from) parts.push(visible(text.slice(from, match.index)));
    parts.push(
      <span key={match.index} className={`lit-${kind}`}>
        {visible(match[0])}
      </span>,
    );
    from = match.index + match[0].length;
  }
  parts.push(visible(text.slice(from)));
  return parts;
}
