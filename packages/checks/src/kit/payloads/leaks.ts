import { databaseErrors } from './database-errors.ts';

/** What a response gives away of the backend's inside, with the words that prove it. */
export interface Leak {
  readonly what: string;
  readonly excerpt: string;
}

/**
 * Texts that no API says on purpose. Each is specific enough to be a fact by itself. They read what a stranger wrote, a megabyte of it, so none may begin a second
 * time within what it has read: a stack of repetitions would take hours.
 */
const signs: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: 'a JavaScript stack trace',
    pattern: /(?<!\s)\s+at (?:async )?[\w.<>[\] ]{0,200}\(?(?:file:\/\/)?(?:\/|node:)[^\s)]+:\d+:\d+\)?/,
  },
  { what: 'a Python traceback', pattern: /Traceback \(most recent call last\)|File "[^"]+\.py", line \d+/ },
  { what: 'a Java stack trace', pattern: /\bat [\w$.]+\([\w$]+\.(?:java|kt):\d+\)/ },
  {
    what: 'the name of a Java exception',
    pattern: /(?<![\w.])(?:java|javax|jakarta|org\.postgresql|org\.springframework)\.[\w.]+(?:Exception|Error)\b/,
  },
  {
    what: 'a PHP error',
    // The bare name of the class may be a fixed text in place of the message; a message begins after it.
    pattern:
      /#\d+ \/[^\s]+\.php\(\d+\)|(?:Fatal error|Warning|Notice|Uncaught)\b(?:(?!Fatal error|Warning|Notice|Uncaught).)* in \/[^\s]+\.php\b|\bPDOException\b(?=\s*(?::|"|\[| in \\?\/))/,
  },
  { what: 'a Go panic', pattern: /goroutine \d+ \[running\]/ },
  {
    what: 'a .NET stack trace',
    pattern:
      /\bat [\w.<>`[\],+ ]{1,300}\([^)]{0,300}\) in \S{1,300}\.(?:cs|fs|vb):line \d+|(?<![\w.])(?:System|Microsoft|Npgsql)(?:\.\w+)*\.\w+Exception\b/,
  },
  { what: 'a debug page of Werkzeug', pattern: /\/\/ Werkzeug Debugger<\/title>/ },
  ...databaseErrors.map((pattern) => ({ what: 'a database error', pattern })),
  {
    what: 'an SQL statement',
    // The lookahead keeps the first FROM, and no part goes on past another verb, at which a statement of its own may begin.
    pattern:
      /(?=(?<head>\b(?:SELECT\s(?:(?!\b(?:SELECT|INSERT|UPDATE|DELETE)\b).)+?\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\s))\k<head>(?:(?!\b(?:SELECT|INSERT|UPDATE|DELETE)\b).)+?(?:\$\d|VALUES|WHERE)\b/s,
  },
];

/** The first thing that a response text gives away, or null. `planted` are words that only the inside of the backend was told. */
export function findLeak(text: string, planted: readonly string[] = []): Leak | null {
  const told = planted.find((word) => text.includes(word));
  if (told !== undefined)
    return { what: 'the text of a database error', excerpt: around(text, text.indexOf(told), told.length) };
  // In JSON, the quotes of a message are escaped; in a page, its line ends and spaces as well.
  const unquoted = text.replaceAll('\\"', '"');
  for (const form of new Set([text, unquoted, ofPage(unquoted)])) {
    for (const { what, pattern } of signs) {
      const match = pattern.exec(form);
      if (match !== null) return { what, excerpt: around(form, match.index, match[0].length) };
    }
  }
  return null;
}

function ofPage(text: string): string {
  return text
    .replaceAll(/<br\s*\/?>/gi, '\n')
    .replaceAll(/&nbsp;|&#160;/g, ' ')
    .replaceAll(/&quot;|&#34;/g, '"')
    .replaceAll(/&#0?39;|&#x27;|&apos;/gi, "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
}

function around(text: string, at: number, length: number): string {
  // What stands before it on its line says where it comes from; a tag that is cut in two says nothing.
  const before = text.slice(Math.max(0, at - 20), at).replace(/^.*[\n>]/s, '');
  return `${before}${text.slice(at, at + Math.min(length, 160) + 20)}`.trim();
}
