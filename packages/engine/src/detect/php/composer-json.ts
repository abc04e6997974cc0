import { Fault, isJsonObject, type JsonObject } from '@assay/contract';
import type { FolderView } from '../folder-view.ts';

/** What detection needs of a composer.json. */
export interface ComposerJson {
  /** Names of the required packages, extensions (`ext-pdo_pgsql`) among them. */
  readonly requires: ReadonlySet<string>;
  readonly scripts: JsonObject;
}

export function readComposerJson(view: FolderView): ComposerJson | null {
  const source = view.text('composer.json');
  if (source === null) return null;
  let whole: unknown;
  try {
    whole = JSON.parse(source);
  } catch (error) {
    throw new Fault(
      'not-a-backend',
      `composer.json is not valid JSON: ${error instanceof Error ? error.message : String(error)}.`,
      'Correct composer.json.',
      {
        cause: error,
      },
    );
  }
  const required = isJsonObject(whole) && isJsonObject(whole.require) ? Object.keys(whole.require) : [];
  const scripts = isJsonObject(whole) && isJsonObject(whole.scripts) ? whole.scripts : {};
  return { requires: new Set(required), scripts };
}
