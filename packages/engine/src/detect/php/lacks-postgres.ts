import type { FolderView } from '../folder-view.ts';
import type { Proposal } from '../stack-rule.ts';
import { versionText } from '../toolchain.ts';

const opens = /\bpgsql:|['"](pdo_)?pgsql['"]|\bpg_p?connect\s*\(/;

/**
 * Whether it opens PostgreSQL, and this PHP has neither extension for that. Not where a command loads extensions of its own, nor where PHP
 * cannot be asked.
 */
export async function lacksPostgres(view: FolderView, stack: Proposal, start: string): Promise<boolean> {
  // Another PHP may have it.
  if (!/(^|\s)php\s/.test(start)) return false;
  if (/\s-(d\s*(zend_)?extension|c)\b/.test(start)) return false;
  if (stack.speaksPostgres !== true && !view.find(/\.php$/, 8).some((path) => opens.test(view.text(path) ?? '')))
    return false;
  const modules = await versionText('php', '-m');
  return modules !== null && !/^(pdo_)?pgsql$/m.test(modules);
}
