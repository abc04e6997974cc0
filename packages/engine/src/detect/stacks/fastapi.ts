import type { FolderView } from '../folder-view.ts';
import { findApp, type AppObject } from '../python/app-object.ts';
import {
  mainScript,
  migrationCommand,
  pythonProposal,
  readRequirements,
  serverFlag,
  startedIn,
  usesPackage,
} from '../python/python-project.ts';
import { gunicornCommand } from '../python/gunicorn.ts';
import type { Requirements } from '../python/requirements.ts';
import type { Proposal, StackRule } from '../stack-rule.ts';

export const fastapi: StackRule = {
  name: 'fastapi',
  ecosystem: 'python',
  recognise(view) {
    const requirements = readRequirements(view);
    if (!usesPackage(view, requirements, 'fastapi')) return null;
    const app = findApp(view, 'FastAPI');
    if (app === null && requirements?.names.has('fastapi') !== true) return null;
    return pythonProposal(requirements, {
      framework: 'FastAPI',
      evidence: `${requirements?.file ?? app?.file ?? 'sources'} (fastapi)`,
      start: startOf(view, requirements, app),
      release: migrationCommand(view, requirements, app),
    });
  },
};

function startOf(view: FolderView, requirements: Requirements | null, app: AppObject | null): Proposal['start'] {
  const has = (name: string): boolean => requirements?.names.has(name) === true;
  const script = mainScript(view);
  if (app === null)
    return script === null ? { missing: 'no `app = FastAPI(…)` was found' } : { command: `python3 ${script}` };
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
    has('uvicorn') || has('fastapi[standard]') || has('fastapi[all]') || has('fastapi-cli') || script === null;
  if (!known && script !== null) return { command: `python3 ${script}` };
  return {
    command: startedIn(
      app,
      `uvicorn --host $HOST --port $PORT${serverFlag('--app-dir', app)} ${app.factory ? '--factory ' : ''}${target}`,
    ),
  };
}
