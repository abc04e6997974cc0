import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** It is written next to the code, and served as it is. */
const pages = path.resolve(import.meta.dirname, '../../../../../docs/checks');

/** The page of a check, in Markdown; null when it has none. */
export function handbookPage(check: string): string | null {
  const file = path.join(pages, `${check}.md`);
  return /^[a-z-]+\/[a-z0-9-]+$/.test(check) && existsSync(file) ? readFileSync(file, 'utf8') : null;
}
