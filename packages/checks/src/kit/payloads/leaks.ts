/** What a response gives away of the backend's inside, with the words that prove it. */
export interface Leak {
  readonly what: string;
  readonly excerpt: string;
}

/** Texts that no API says on purpose. Each is specific enough to be a fact by itself. */
const signs: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: 'a JavaScript stack trace',
    pattern: /\n?\s+at (?:async )?[\w.<>[\] ]*\(?(?:file:\/\/)?(?:\/|node:)[^\s)]+:\d+:\d+\)?/,
  },
  { what: 'a Python traceback', pattern: /Traceback \(most recent call last\)|File "[^"]+\.py", line \d+/ },
  {
    what: 'a Java stack trace',
    pattern:
      /\bat [\w$.]+\([\w$]+\.(?:java|kt):\d+\)|\b(?:java|javax|jakarta|org\.postgresql|org\.springframework)\.[\w.]+(?:Exception|Error)\b/,
  },
  {
    what: 'a PHP error',
    pattern:
      /#\d+ \/[^\s]+\.php\(\d+\)|(?:Fatal error|Warning|Notice|Uncaught)\b.* in \/[^\s]+\.php\b|\bPDOException\b/,
  },
  { what: 'a Go panic', pattern: /goroutine \d+ \[running\]/ },
  {
    what: 'a database error',
    pattern:
      /SQLSTATE\[\w{5}\]|\bsyntax error at or near "|violates (?:unique|foreign key|check|not-null) constraint "|relation "[^"]+" does not exist|column "[^"]+" does not exist|invalid input syntax for type|psycopg\d?\.\w|ERROR:\s+\w.* at character \d+/,
  },
  {
    what: 'an SQL statement',
    pattern: /\b(?:SELECT\s.+?\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\s.+(?:\$\d|VALUES|WHERE)\b/s,
  },
];

/** The first thing that a response text gives away, or null. `planted` are words that only the inside of the backend was told. */
export function findLeak(text: string, planted: readonly string[] = []): Leak | null {
  const told = planted.find((word) => text.includes(word));
  if (told !== undefined)
    return { what: 'the text of a database error', excerpt: around(text, text.indexOf(told), told.length) };
  // In JSON, the quotes of a message are escaped.
  for (const form of [text, text.replaceAll('\\"', '"')]) {
    for (const { what, pattern } of signs) {
      const match = pattern.exec(form);
      if (match !== null) return { what, excerpt: around(form, match.index, match[0].length) };
    }
  }
  return null;
}

function around(text: string, at: number, length: number): string {
  // What stands before it on its line says where it comes from; a tag that is cut in two says nothing.
  const before = text.slice(Math.max(0, at - 20), at).replace(/^.*[\n>]/s, '');
  return `${before}${text.slice(at, at + Math.min(length, 160) + 20)}`.trim();
}
