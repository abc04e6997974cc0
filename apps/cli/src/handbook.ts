import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Fault } from '@assay/contract';

/** It is written next to the code, a page for each check. */
const pages = path.resolve(import.meta.dirname, '../../../docs/checks');

/** The page of a check as Markdown; null when it has none, as scenarios have. */
export function handbookPage(check: string): string | null {
  const file = path.join(pages, `${check}.md`);
  return /^[a-z]+\/[a-z0-9-]+$/.test(check) && existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** The ids of the checks that have a page. Throws `internal` where the handbook itself is not there. */
export function explainedChecks(): readonly string[] {
  if (!existsSync(pages)) throw new Fault('internal', `The pages of the checks are not at ${pages}.`);
  return readdirSync(pages, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.includes(path.sep) && file.endsWith('.md'))
    .map((file) => file.slice(0, -'.md'.length).replaceAll(path.sep, '/'))
    .sort();
}
