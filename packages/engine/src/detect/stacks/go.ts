import type { FolderView } from '../folder-view.ts';
import type { StackRule } from '../stack-rule.ts';

const frameworks: readonly (readonly [path: string, title: string])[] = [
  ['github.com/gin-gonic/gin', 'Gin'],
  ['github.com/labstack/echo', 'Echo'],
  ['github.com/gofiber/fiber', 'Fiber'],
  ['github.com/go-chi/chi', 'chi'],
  ['github.com/gorilla/mux', 'Gorilla'],
];

export const go: StackRule = {
  name: 'go',
  ecosystem: 'go',
  recognise(view) {
    const module = view.text('go.mod');
    if (module === null) return null;
    const framework = frameworks.find(([path]) => module.includes(path));
    const main = mainPackage(view);
    return {
      ecosystem: 'go',
      language: 'Go',
      framework: framework?.[1] ?? null,
      evidence: framework === undefined ? 'go.mod' : `go.mod (${framework[0]})`,
      install: [],
      lockFiles: [],
      dependencyFolders: [],
      installReadsSources: false,
      compile: main === null ? [] : [`go build -buildvcs=false -o .assay/backend ${main}`],
      start:
        main === null
          ? { missing: 'no `package main` was found in the folder, cmd/server, cmd/api or a single cmd/…' }
          : { command: './.assay/backend' },
      release: null,
      environment: {},
      files: {},
      speaksPostgres: /lib\/pq|jackc\/pg|go-pg|postgres/.test(module + (view.text('go.sum') ?? '')),
      tools: [{ program: 'go', purpose: 'to compile it' }],
    };
  },
};

/** The package to build: the folder's own, else the command that is named for serving, else the only command. */
function mainPackage(view: FolderView): string | null {
  const files = view
    .find(/\.go$/, 3)
    .filter((path) => !path.endsWith('_test.go') && /^package main\b/m.test(view.text(path) ?? ''));
  const folders = [...new Set(files.map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/')))))];
  if (folders.includes('')) return '.';
  const named =
    folders.find((folder) => /(^|\/)(server|api|web|app|backend|http)$/.test(folder)) ??
    (folders.length === 1 ? folders[0] : undefined);
  return named === undefined ? null : `./${named}`;
}
