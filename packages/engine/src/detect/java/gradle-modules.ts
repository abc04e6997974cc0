import type { FolderView } from '../folder-view.ts';

/** One project of a Gradle build. */
export interface GradleModule {
  /** Relative; empty for the backend's own. */
  readonly folder: string;
  /** What stands before a task's name: `:apps:api:`; empty for the backend's own. */
  readonly path: string;
  /** Its build file. */
  readonly source: string;
}

/** The build's own project and the ones that its settings include, `include(":apps:api")`, as far as they have a build file. */
export function gradleModules(view: FolderView): readonly GradleModule[] {
  const settings = view.text('settings.gradle') ?? view.text('settings.gradle.kts') ?? '';
  const moved = new Map(
    [
      ...settings.matchAll(
        /project\(\s*['"]:?([^'"]+)['"]\s*\)\.projectDir\s*=\s*(?:new\s+File\([^,]*,\s*|File\([^,]*,\s*|file\(\s*)['"](?:\.\/)?([^'"]+)['"]/g,
      ),
    ].map(([, name = '', folder = '']) => [name, folder]),
  );
  const names = [...settings.matchAll(/['"]:?([\w.-]+(?::[\w.-]+)*)['"]/g)].map(([, name = '']) => name);
  return ['', ...new Set(names)].flatMap((name) => {
    const folder = moved.get(name) ?? name.replaceAll(':', '/');
    const source = buildFile(view, folder);
    return source === null ? [] : [{ folder, path: name === '' ? '' : `:${name}:`, source }];
  });
}

function buildFile(view: FolderView, folder: string): string | null {
  const prefix = folder === '' ? '' : `${folder}/`;
  return view.text(`${prefix}build.gradle`) ?? view.text(`${prefix}build.gradle.kts`);
}
