import { findApp, type AppObject } from '../python/app-object.ts';
import {
  flaskApp,
  mainScript,
  migrationCommand,
  pythonProposal,
  readRequirements,
  startedIn,
  usesPackage,
} from '../python/python-project.ts';
import { gunicornCommand } from '../python/gunicorn.ts';
import type { Requirements } from '../python/requirements.ts';
import type { Proposal, StackRule } from '../stack-rule.ts';
import type { FolderView } from '../folder-view.ts';

export const flask: StackRule = {
  name: 'flask',
  ecosystem: 'python',
  recognise(view) {
    const requirements = readRequirements(view);
    if (!usesPackage(view, requirements, 'flask')) return null;
    const app = findApp(view, 'Flask');
    if (app === null && requirements?.names.has('flask') !== true) return null;
    return pythonProposal(requirements, {
      framework: 'Flask',
      evidence: `${requirements?.file ?? app?.file ?? 'sources'} (flask)`,
      start: startOf(view, requirements, app),
      release: migrationCommand(view, requirements, app),
    });
  },
};

function startOf(view: FolderView, requirements: Requirements | null, app: AppObject | null): Proposal['start'] {
  if (app === null) {
    const script = mainScript(view);
    return script === null
      ? { missing: 'no `app = Flask(…)` and no `def create_app(` was found' }
      : { command: `python3 ${script}` };
  }
  const target = `${app.module}:${app.name}`;
  if (requirements?.names.has('gunicorn') === true) {
    const object = app.factory ? `'${target}()'` : target;
    return {
      command: startedIn(
        app,
        gunicornCommand(view, object, { threads: 40, ...(app.folder === '' ? {} : { chdir: app.folder }) }),
      ),
    };
  }
  if (requirements?.names.has('waitress') === true && app.folder === '') {
    return {
      command: startedIn(app, `waitress-serve --listen=$HOST:$PORT ${app.factory ? '--call ' : ''}${target}`),
    };
  }
  return { command: startedIn(app, `flask --app ${flaskApp(app)} run --host $HOST --port $PORT`) };
}
