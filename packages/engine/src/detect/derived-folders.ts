/** Folders that tools make and fill, wherever they stand. */
const always = new Set([
  '.git',
  '.hg',
  '.svn',
  '.assay',
  '.idea',
  '.vscode',
  '.gradle',
  '.venv',
  '.tox',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '__pycache__',
  'node_modules',
]);

/** Folders that are somebody's sources in one project and a tool's output in another: the manifest beside them tells. */
const beside: Readonly<Record<string, readonly string[]>> = {
  venv: ['requirements.txt', 'pyproject.toml', 'Pipfile', 'manage.py', 'setup.py'],
  vendor: ['composer.json'],
  target: ['pom.xml', 'Cargo.toml'],
  build: ['build.gradle', 'build.gradle.kts', 'tsconfig.json', 'tsconfig.build.json'],
  dist: ['tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'],
  coverage: ['package.json'],
};

/** Which of a folder's sub-folders hold no sources, judged by the names that stand beside them. */
export function derivedFolders(siblings: ReadonlySet<string>): (name: string) => boolean {
  return (name) =>
    always.has(name) ||
    (Object.hasOwn(beside, name) && (beside[name] ?? []).some((manifest) => siblings.has(manifest)));
}
