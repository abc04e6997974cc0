import type { FolderView } from '../folder-view.ts';

/**
 * The sources that a program of the module is made of: those of its `package main`s, and of what they import. What only tests use is not among them.
 * All but tests, where there is no such program.
 */
export function shippedSources(view: FolderView, module: string): readonly string[] {
  const name = /^module\s+"?([^\s"]+)/m.exec(module)?.[1] ?? '';
  const files = view
    .find(/(?<!_test)\.go$/, 6)
    .map((path) => ({ folder: path.slice(0, Math.max(0, path.lastIndexOf('/'))), text: view.text(path) ?? '' }));
  const packages = Map.groupBy(files, ({ folder }) => folder);
  const wanted = [...packages].flatMap(([folder, own]) =>
    own.some(({ text }) => /^package main\b/m.test(text)) && !/(^|\/)(tests?|testdata|mocks?)(\/|$)/.test(folder)
      ? [folder]
      : [],
  );
  if (wanted.length === 0) return files.map(({ text }) => text);
  const shipped = new Set<string>(wanted);
  for (const folder of shipped)
    for (const { text } of packages.get(folder) ?? [])
      for (const [, imported = ''] of text.matchAll(/^\s*(?:import\s+)?(?:[\w.]+\s+)?"([^"\n]+)"/gm)) {
        const inside =
          imported === name ? '' : imported.startsWith(`${name}/`) ? imported.slice(name.length + 1) : null;
        if (inside !== null && packages.has(inside)) shipped.add(inside);
      }
  return [...shipped].flatMap((folder) => (packages.get(folder) ?? []).map(({ text }) => text));
}
