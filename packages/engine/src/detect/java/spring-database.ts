import type { FolderView } from '../folder-view.ts';

/** Databases that run inside of the backend, and those of other makers. */
const other = /^(?:jdbc|r2dbc(?::pool)?):(?:h2|hsqldb|derby|sqlite|mysql|mariadb|sqlserver|oracle)\b/;

/**
 * Whether a Spring Boot application has a database of its own, so that ours would only be in its way: its settings name one, or an embedded
 * one is among its dependencies with nothing said and no driver for PostgreSQL beside it.
 */
export function hasOwnSpringDatabase(view: FolderView, folder: string, build: string): boolean {
  const url = datasourceUrl(view, folder === '' ? 'src/main/resources' : `${folder}/src/main/resources`);
  if (url !== null) return other.test(url);
  return !/postgres/i.test(build) && /com\.h2database|hsqldb|org\.apache\.derby|sqlite-jdbc|mysql|mariadb/.test(build);
}

/** The address in the settings: those of the active profile, the last named first, before those for all. */
function datasourceUrl(view: FolderView, resources: string): string | null {
  const common = settingsOf(view, resources, 'application');
  const active = /^\s*(?:spring\.profiles\.)?active\s*[=:]\s*(.+)$/m.exec(common)?.[1] ?? '';
  const profiles = active
    .split(',')
    .map((name) => name.trim().replaceAll(/["'[\]]/g, ''))
    .filter((name) => /^[\w-]+$/.test(name))
    .toReversed();
  for (const text of [...profiles.map((profile) => settingsOf(view, resources, `application-${profile}`)), common]) {
    const url =
      /^\s*(?:spring\.(?:datasource|r2dbc)\.)?(?:jdbc-)?url\s*[=:]\s*["']?(?:\$\{[\w.]+:)?((?:j|r2)dbc:[^\s"'}]+)/m.exec(
        text,
      )?.[1];
    if (url !== undefined) return url;
  }
  return null;
}

function settingsOf(view: FolderView, resources: string, name: string): string {
  const text = ['properties', 'yml', 'yaml']
    .map((ending) => view.text(`${resources}/${name}.${ending}`) ?? '')
    .join('\n');
  return text.replaceAll(/^\s*#.*$/gm, '');
}
