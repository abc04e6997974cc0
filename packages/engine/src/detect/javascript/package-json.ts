import { Fault, isJsonObject, type JsonObject } from '@assay/contract';
import type { FolderView } from '../folder-view.ts';

/** What detection needs of a package.json. */
export interface PackageJson {
  /** Every dependency a start or a build can use, with its range. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly main: string | null;
  /** Its files are ES modules, where their endings do not say otherwise. */
  readonly isModule: boolean;
  readonly packageManager: string | null;
  readonly workspaces: readonly string[];
}

/** The folder's package.json, or null when there is none. */
export function readPackageJson(view: FolderView): PackageJson | null {
  const source = view.text('package.json');
  if (source === null) return null;
  const whole = parse(source);
  const workspaces = isJsonObject(whole.workspaces) ? whole.workspaces.packages : whole.workspaces;
  return {
    dependencies: {
      ...texts(whole.devDependencies),
      ...texts(whole.optionalDependencies),
      ...texts(whole.dependencies),
    },
    scripts: texts(whole.scripts),
    main: typeof whole.main === 'string' ? whole.main : null,
    isModule: whole.type === 'module',
    packageManager: typeof whole.packageManager === 'string' ? whole.packageManager : null,
    workspaces: Array.isArray(workspaces) ? workspaces.filter((item) => typeof item === 'string') : [],
  };
}

function parse(source: string): JsonObject {
  let whole: unknown;
  try {
    whole = JSON.parse(source);
  } catch (error) {
    throw new Fault(
      'not-a-backend',
      `package.json is not valid JSON: ${error instanceof Error ? error.message : String(error)}.`,
      'Correct package.json.',
      {
        cause: error,
      },
    );
  }
  if (!isJsonObject(whole))
    throw new Fault('not-a-backend', 'package.json holds no JSON object.', 'Correct package.json.');
  return whole;
}

function texts(value: unknown): Readonly<Record<string, string>> {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
