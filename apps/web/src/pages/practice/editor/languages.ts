import { java } from '@codemirror/lang-java';
import { javascript } from '@codemirror/lang-javascript';
import { php } from '@codemirror/lang-php';
import { python } from '@codemirror/lang-python';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import type { Extension } from '@codemirror/state';

/** How the text of a language is coloured; plain text for any other. */
export function languageSupport(language: string): Extension {
  switch (language) {
    case 'sql':
      return sql({ dialect: PostgreSQL });
    case 'javascript':
      return javascript();
    case 'python':
      return python();
    case 'php':
      return php();
    case 'java':
      return java();
    default:
      return [];
  }
}
