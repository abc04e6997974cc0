import type { FolderView } from '../folder-view.ts';

/** Where the application stands: `app.main:app`, found in a file below `folder` (empty: the backend's own folder). */
export interface AppObject {
  readonly module: string;
  readonly name: string;
  /** True when `name` is a function that makes the application. */
  readonly factory: boolean;
  readonly folder: string;
  /** Where it is started when it is not the backend's own folder; empty otherwise. */
  readonly home: string;
  readonly file: string;
}

const preferred = ['main', 'app', 'server', 'api', 'wsgi', 'asgi', 'application', '__init__'];

/** Finds `app = FastAPI(…)`, `app = Flask(…)`, or a factory `def create_app(`; the usual file names come first, then the shallower. */
export function findApp(view: FolderView, constructor: string): AppObject | null {
  const made = new RegExp(`^([A-Za-z_]\\w*)\\s*(?::\\s*[\\w.]+\\s*)?=\\s*(?:\\w+\\.)?${constructor}\\(`, 'm');
  const called = /^([A-Za-z_]\w*)\s*(?::\s*[\w.]+\s*)?=\s*(?:create_app|make_app|build_app)\(/m;
  const factory = new RegExp(`^def\\s+(create_app|make_app|build_app)\\(`, 'm');
  const returned = /^(app|application|api)\s*(?::\s*[\w.]+\s*)?=\s*(?:\w+\.)*\w+\(\)/m;
  const uses = new RegExp(`\\b${constructor}\\(`);
  const files = view
    .find(/\.py$/, 3)
    .filter(
      (path) =>
        !hasOwnManifest(view, path) &&
        !/(^|\/)(tests?|migrations|docs|scripts)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest|setup)\.py$/.test(path),
    );
  const ranked = [...files].sort((a, b) => rank(a) - rank(b));
  // A factory in `app.py` is where the application stands, even when some script beside it calls that factory for its own ends.
  // What any function of the project returned is taken for it only in the files that are usually started, and last.
  const someFile = ranked.some((file) => uses.test(view.text(file) ?? ''));
  for (const patterns of [[made], [called, factory], ...(someFile ? [[returned]] : [])]) {
    for (const file of ranked) {
      const source = view.text(file) ?? '';
      for (const pattern of patterns) {
        const name = pattern === returned && !isUsual(file) ? undefined : pattern.exec(source)?.[1];
        if (name !== undefined && (pattern !== factory || uses.test(source)))
          return { ...place(view, file), name, factory: pattern === factory, file };
      }
    }
  }
  return null;
}

function rank(path: string): number {
  const name = path.slice(path.lastIndexOf('/') + 1, -3);
  const at = preferred.indexOf(name);
  return path.split('/').length * 100 + (at === -1 ? preferred.length : at);
}

/** A folder with its own requirements is a project of its own. */
function hasOwnManifest(view: FolderView, path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  return folders.some((_, index) =>
    ['requirements.txt', 'pyproject.toml', 'Pipfile'].some((name) =>
      view.hasFile(`${folders.slice(0, index + 1).join('/')}/${name}`),
    ),
  );
}

function isUsual(path: string): boolean {
  return preferred.includes(path.slice(path.lastIndexOf('/') + 1, -3));
}

/**
 * `src/shop/api.py` is the module `shop.api` below `src`, unless `src` is itself a package, or is imported as one. A file that imports what stands beside it by its bare
 * name (`from settings import …`) is started from its own folder.
 */
function place(view: FolderView, file: string): { module: string; folder: string; home: string } {
  const parts = file.slice(0, -3).split('/');
  const home = parts.slice(0, -1).join('/');
  const isPackage = home === '' || view.hasFile(`${home}/__init__.py`);
  const source = view.text(file) ?? '';
  if (!isPackage && importsNeighbours(view, home, source)) return { module: parts.at(-1) ?? '', folder: '', home };
  const srcIsPackage = view.hasFile('src/__init__.py') || /^\s*(?:from|import)\s+src\b/m.test(source);
  const outside = parts[0] === 'src' && parts.length > 1 && !srcIsPackage ? 1 : 0;
  const names = parts.slice(outside);
  if (names.at(-1) === '__init__' && names.length > 1) names.pop();
  return { module: names.join('.'), folder: outside === 1 ? 'src' : '', home: '' };
}

function importsNeighbours(view: FolderView, home: string, source: string): boolean {
  const imported = [...source.matchAll(/^(?:from|import)\s+([A-Za-z_]\w*)/gm)].map((match) => match[1] ?? '');
  const isThere = (folder: string, name: string): boolean =>
    view.hasFile(`${folder}${name}.py`) || view.hasFolder(`${folder}${name}`);
  return imported.some((name) => isThere(`${home}/`, name) && !isThere('', name));
}
