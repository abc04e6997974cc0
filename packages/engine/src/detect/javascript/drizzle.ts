import type { FolderView } from '../folder-view.ts';

/** What a drizzle.config says, where that is written out. */
export interface DrizzleConfig {
  /** `postgresql`, `sqlite`, `turso` … */
  readonly dialect: string | null;
  /** The folder of the migrations, from where the tool is run. */
  readonly out: string;
}

/** The drizzle.config of a folder (empty: the backend's own); null when there is none. */
export function drizzleConfig(view: FolderView, folder: string): DrizzleConfig | null {
  const config = view.list(folder).find(({ name }) => /^drizzle\.config\.[cm]?[jt]s$/.test(name));
  if (config === undefined) return null;
  const source = view.text(folder === '' ? config.name : `${folder}/${config.name}`) ?? '';
  const said = (key: string): string | null =>
    new RegExp(String.raw`^[^/\n]*\b${key}\s*:\s*["'\`]([^"'\`$]+)["'\`]`, 'm').exec(source)?.[1] ?? null;
  return { dialect: said('dialect'), out: (said('out') ?? 'drizzle').replace(/^\.\//, '').replace(/\/$/, '') };
}
