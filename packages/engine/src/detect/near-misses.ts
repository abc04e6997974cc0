import type { FolderView } from './folder-view.ts';
import { stackRules } from './stacks/registry.ts';
import { viewFolder } from './folder-view.ts';
import { lacksParts } from './php/router.ts';

/** Manifests of languages that Assay runs only when it is told how. */
const untold: readonly (readonly [pattern: RegExp, language: string])[] = [
  [/^Gemfile$/, 'Ruby'],
  [/^Cargo\.toml$/, 'Rust'],
  [/\.(cs|fs)proj$|\.sln$/, '.NET'],
  [/^mix\.exs$/, 'Elixir'],
  [/^build\.sbt$/, 'Scala'],
  [/^deno\.jsonc?$/, 'Deno'],
  [/^Package\.swift$/, 'Swift'],
];

/** What stands in a folder that is not recognised, and what could be meant: one sentence each, for the message. */
export function nearMisses(view: FolderView): readonly string[] {
  const names = view.list('').map((entry) => entry.name);
  const hints: string[] = [];
  if (names.length === 0) return ['The folder is empty.'];
  for (const [pattern, language] of untold) {
    const name = names.find((candidate) => pattern.test(candidate));
    if (name !== undefined)
      hints.push(`There is a ${name}: for ${language}, say in assay.yaml how to \`build:\` and \`start:\` it.`);
  }
  if (names.includes('package.json'))
    hints.push('Its package.json names no server framework and has no start script that runs Node.js.');
  const container = names.find((name) => /^(Dockerfile|Containerfile|(docker-)?compose\.ya?ml)$/.test(name));
  if (container !== undefined)
    hints.push(`There is a ${container}: Assay does not run containers; say in assay.yaml what it builds and starts.`);
  return [...hints, ...nestedBackends(view)];
}

/** One sentence where a folder inside would be recognised by itself; none otherwise. */
export function nestedBackends(view: FolderView): readonly string[] {
  const folders = backendFolders(view);
  const [first] = folders;
  if (first === undefined) return [];
  const where = `There is a backend in ${folders.map((folder) => `./${folder}`).join(' and in ')}`;
  if (!isWorkspace(view)) return [`${where}: give that folder instead.`];
  const isBuilt = view.hasFile('nx.json') && !view.hasFile(`${first}/package.json`);
  const how = isBuilt
    ? `\`install: npm ci\`, \`build: npx nx build ${first.slice(first.lastIndexOf('/') + 1)}\` and \`start: node dist/${first}/main.js\``
    : `\`start: npm start --prefix ${first}\` (and \`build:\`, where more is to be done than to install)`;
  return [`${where}, a member of this workspace: say here, in an assay.yaml, how to start it, such as ${how}.`];
}

/** Its members share what is installed here, so none of them can be built alone. */
function isWorkspace(view: FolderView): boolean {
  return (
    view.hasFile('pnpm-workspace.yaml') ||
    view.hasFile('nx.json') ||
    /"workspaces"\s*:/.test(view.text('package.json') ?? '')
  );
}

/** Sub-folders, at most two deep, that would be recognised by themselves. */
function backendFolders(view: FolderView): readonly string[] {
  const children = view
    .list('')
    .filter((entry) => entry.kind === 'folder' && !/^(\.|node_modules$|vendor$|test)/.test(entry.name));
  const paths = children.slice(0, 50).flatMap(({ name }) => [
    name,
    ...(/^(apps|packages|services)$/.test(name)
      ? view
          .list(name)
          .filter((entry) => entry.kind === 'folder')
          .map((entry) => `${name}/${entry.name}`)
      : []),
  ]);
  return paths.filter((path) => isRecognised(`${view.root}/${path}`)).slice(0, 3);
}

function isRecognised(folder: string): boolean {
  const view = viewFolder(folder);
  if (view.hasFile('assay.yaml') || view.hasFile('Procfile')) return true;
  return stackRules.some((rule) => {
    try {
      const found = rule.recognise(view);
      return found !== null && !(found.ecosystem === 'php' && lacksParts(view));
    } catch {
      return true;
    }
  });
}
