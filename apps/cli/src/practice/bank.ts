import path from 'node:path';
import { type Bank, loadBank } from '@assay/practice';
import { questionsFolder } from '@assay/prove';

/** The bank that comes with Assay, and folders of the person's own. */
export function openBank(own: readonly string[] = []): Bank {
  return loadBank([questionsFolder, ...own.map((folder) => path.resolve(folder))]);
}
