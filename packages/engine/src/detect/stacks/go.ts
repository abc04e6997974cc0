import { mainPackages, procfilePrograms, servingPackage } from '../go/main-packages.ts';
import { migrationCommand, migrationTools } from '../go/migrations.ts';
import { readProcfile } from '../procfile.ts';
import type { StackRule } from '../stack-rule.ts';

const postgresDrivers = /lib\/pq|jackc\/pg|go-pg|postgres/;
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
    const packages = mainPackages(view);
    const main = servingPackage(packages);
    const { web, release } = readProcfile(view);
    const serving = procfilePrograms(web, view, module, packages);
    const releasing = procfilePrograms(release, view, module, packages);
    const speaksPostgres = postgresDrivers.test(module + (view.text('go.sum') ?? ''));
    const compile = (output: string, from: string): string => `go build -buildvcs=false -o ${output} ${from}`;
    // Where `web` names no program, the main one serves.
    const own = main === null || serving.length > 0 ? [] : [compile('.assay/backend', main)];
    return {
      ecosystem: 'go',
      language: 'Go',
      framework: framework?.[1] ?? null,
      evidence: framework === undefined ? 'go.mod' : `go.mod (${framework[0]})`,
      install: [],
      lockFiles: [],
      dependencyFolders: [],
      installReadsSources: false,
      compile: [
        ...new Set([...own, ...[...serving, ...releasing].map((program) => compile(program.path, program.package))]),
      ],
      start:
        main === null
          ? { missing: 'no `package main` was found in the folder, cmd/server, cmd/api or a single cmd/…' }
          : { command: './.assay/backend' },
      // A driver in go.sum alone may come with a library that knows many databases.
      release: postgresDrivers.test(module) ? migrationCommand(view, module) : null,
      environment: {},
      files: {},
      speaksPostgres,
      tools: [{ program: 'go', purpose: 'to compile it' }],
      programs: migrationTools,
    };
  },
};
