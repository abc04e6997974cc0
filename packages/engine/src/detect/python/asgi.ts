import type { FolderView } from '../folder-view.ts';
import { findApp, type AppObject } from './app-object.ts';
import {
  mainScript,
  migrationCommand,
  pythonProposal,
  readRequirements,
  serverFlag,
  startedIn,
  usesPackage,
} from './python-project.ts';
import { gunicornCommand } from './gunicorn.ts';
import type { Requirements } from './requirements.ts';
import type { Proposal, StackRule } from '../stack-rule.ts';

/** A framework whose application is an object of its own class, and served by any ASGI server. */
export function asgi(framework: string): StackRule {
  const name = framework.toLowerCase();
  return {
    name,
    ecosystem: 'python',
    recognise(view) {
      const requirements = readRequirements(view);
      if (!usesPackage(view, requirements, name)) return null;
      const app = findApp(view, framework);
      if (app === null && requirements?.names.has(name) !== true) return null;
      return pythonProposal(requirements, {
        framework,
        evidence: `${requirements?.file ?? app?.file ?? 'sources'} (${name})`,
        start: startOf(framework, view, requirements, app),
        release: migrationCommand(view, requirements, app),
      });
    },
  };
}

function startOf(
  framework: string,
  view: FolderView,
  requirements: Requirements | null,
  app: AppObject | null,
): Proposal['start'] {
  const has = (name: string): boolean => requirements?.names.has(name) === true;
  const script = mainScript(view);
  if (app === null)
    return script === null ? { missing: `no \`app = ${framework}(…)\` was found` } : { command: `python3 ${script}` };
  const target = `${app.module}:${app.name}`;
  if (has('gunicorn') && has('uvicorn') && !app.factory) {
    const chdir = app.folder === '' ? {} : { chdir: app.folder };
    return {
      command: startedIn(
        app,
        gunicornCommand(view, target, { workerClass: 'uvicorn.workers.UvicornWorker', ...chdir }),
      ),
    };
  }
  if (has('hypercorn') && !has('uvicorn')) return { command: startedIn(app, `hypercorn --bind $HOST:$PORT ${target}`) };
  const known =
    has('uvicorn') ||
    ['fastapi', 'litestar'].some((one) => has(`${one}[standard]`) || has(`${one}[all]`)) ||
    has('fastapi-cli') ||
    script === null;
  if (!known && script !== null) return { command: `python3 ${script}` };
  return {
    command: startedIn(
      app,
      `uvicorn --host $HOST --port $PORT${serverFlag('--app-dir', app)} ${app.factory ? '--factory ' : ''}${target}`,
    ),
  };
}
