import type { FolderView } from '../folder-view.ts';

/** What detection needs of a pom.xml. */
export interface Pom {
  /** Relative folder; empty for the backend's own. */
  readonly folder: string;
  readonly source: string;
  /** The name of the jar (or war) without its ending; null when it hangs on a property that is not in the file. */
  readonly jarName: string | null;
  readonly modules: readonly string[];
  /** What it packs: `jar`, unless it says `war` or `pom`. */
  readonly packaging: string;
}

/** Reads the few elements that matter by pattern: a pom.xml is written by hand, but its elements are plain. */
export function readPom(view: FolderView, folder = ''): Pom | null {
  const text = view.text(folder === '' ? 'pom.xml' : `${folder}/pom.xml`);
  if (text === null) return null;
  const source = text.replace(/<!--[\s\S]*?-->/g, '');
  const own = withoutSections(source);
  const parent = /<parent>([\s\S]*?)<\/parent>/.exec(source)?.[1] ?? '';
  const artifact = elementOf(own, 'artifactId');
  const version = elementOf(own, 'version') ?? elementOf(parent, 'version');
  const build = /<build>([\s\S]*?)<\/build>/.exec(source)?.[1] ?? '';
  const finalName = elementOf(build.replace(/<plugins>[\s\S]*<\/plugins>/, ''), 'finalName');
  const properties: Record<string, string | null> = {
    'project.artifactId': artifact,
    'project.version': version,
    artifactId: artifact,
    version,
  };
  const expand = (value: string): string =>
    value.replace(
      /\$\{([^}]+)\}/g,
      (whole, name: string) =>
        properties[name] ?? elementOf(/<properties>([\s\S]*?)<\/properties>/.exec(source)?.[1] ?? '', name) ?? whole,
    );
  const name = finalName ?? (artifact === null || version === null ? null : `${artifact}-${version}`);
  const expanded = name === null ? null : expand(expand(name));
  return {
    folder,
    source,
    packaging: elementOf(own, 'packaging') ?? 'jar',
    jarName: expanded === null || expanded.includes('$') ? null : expanded,
    modules: [
      ...(/<modules>([\s\S]*?)<\/modules>/.exec(source)?.[1] ?? '').matchAll(/<module>\s*([^<]+?)\s*<\/module>/g),
    ].map((match) => match[1] ?? ''),
  };
}

/** Elements of the project itself, with everything nested that could hold elements of the same name taken out. */
function withoutSections(source: string): string {
  const sections = [
    'parent',
    'dependencies',
    'dependencyManagement',
    'build',
    'profiles',
    'properties',
    'reporting',
    'repositories',
    'pluginRepositories',
  ];
  return sections.reduce(
    (rest, name) => rest.replace(new RegExp(`<${name}>[\\s\\S]*?</${name}>`, 'g'), ''),
    source.replace(/<build>[\s\S]*<\/build>/, ''),
  );
}

function elementOf(source: string, name: string): string | null {
  return (
    new RegExp(`<${name.replace(/\./g, '\\.')}>\\s*([^<]*?)\\s*</${name.replace(/\./g, '\\.')}>`).exec(source)?.[1] ??
    null
  );
}
