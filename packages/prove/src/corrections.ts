import { readSettings } from '@assay/engine';

type Settings = ReturnType<typeof readSettings>;

/** What a person corrected of what was detected; wins over the settings of the folder. */
export interface Corrections {
  readonly build?: string | undefined;
  readonly start?: string | undefined;
  readonly release?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly database?: 'postgres' | 'none' | undefined;
}

/** The settings of a folder as they are to be followed. Throws the fault bad-settings. */
export function correctedSettings(folder: string, corrections: Corrections = {}): Settings {
  const settings = readSettings(folder);
  return {
    ...settings,
    build: corrections.build === undefined ? settings.build : [corrections.build],
    start: corrections.start ?? settings.start,
    release: corrections.release ?? settings.release,
    env: { ...settings.env, ...corrections.env },
    database: corrections.database ?? settings.database,
  };
}
