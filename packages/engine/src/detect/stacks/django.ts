import type { FolderView } from '../folder-view.ts';
import { allowedHosts } from '../python/allowed-hosts.ts';
import { gunicornCommand } from '../python/gunicorn.ts';
import { pythonProposal, readRequirements } from '../python/python-project.ts';
import type { Requirements } from '../python/requirements.ts';
import { shellQuote } from '../shell-quote.ts';
import type { StackRule } from '../stack-rule.ts';

export const django: StackRule = {
  name: 'django',
  ecosystem: 'python',
  recognise(view) {
    const requirements = readRequirements(view);
    const home = projectFolder(view, requirements);
    if (home === null) return null;
    const rest =
      view.list('').some(({ kind }) => kind === 'folder') && requirements?.names.has('djangorestframework') === true;
    const there = home === '' ? '' : `cd ${shellQuote(home)} && `;
    const { command, module } = serverOf(view, home, requirements);
    const proposal = pythonProposal(requirements, {
      framework: rest ? 'Django REST framework' : 'Django',
      evidence: `${inFolder(home, 'manage.py')} (django)`,
      start: { command: `${there}${command}` },
      release: `${there}${servedSettings(view, home, module)}python3 manage.py migrate --noinput`,
    });
    return { ...proposal, environment: { ...proposal.environment, ...allowedHosts(view) } };
  },
};

/** Where manage.py stands: here, or in the one folder that `django-admin startproject` made beside the requirements; null when nowhere. */
function projectFolder(view: FolderView, requirements: Requirements | null): string | null {
  const holds = (folder: string): boolean =>
    /^\s*(from|import)\s+django\b/m.test(view.text(inFolder(folder, 'manage.py')) ?? '');
  if (holds('')) return '';
  if (requirements?.names.has('django') !== true) return null;
  const [only, ...others] = view
    .list('')
    .flatMap(({ kind, name }) => (kind === 'folder' && holds(name) ? [name] : []))
    .filter(
      (name) => !['requirements.txt', 'pyproject.toml', 'Pipfile'].some((file) => view.hasFile(`${name}/${file}`)),
    );
  return only === undefined || others.length > 0 ? null : only;
}

function inFolder(folder: string, file: string): string {
  return folder === '' ? file : `${folder}/${file}`;
}

/** The command that serves it, and the module it serves; null where manage.py itself does. */
function serverOf(
  view: FolderView,
  home: string,
  requirements: Requirements | null,
): { readonly command: string; readonly module: string | null } {
  const settings = settingsNamed(view.text(inFolder(home, 'manage.py')));
  const wsgi = moduleOf(view, home, settings, 'wsgi');
  const asgi = moduleOf(view, home, settings, 'asgi');
  const has = (name: string): boolean => requirements?.names.has(name) === true;
  if (has('gunicorn') && wsgi !== null)
    return { command: gunicornCommand(view, `${wsgi}:application`, { threads: 40 }), module: wsgi };
  if (has('uvicorn') && asgi !== null)
    return { command: `uvicorn --host $HOST --port $PORT ${asgi}:application`, module: asgi };
  if (has('daphne') && asgi !== null) return { command: `daphne -b $HOST -p $PORT ${asgi}:application`, module: asgi };
  if (has('waitress') && wsgi !== null)
    return { command: `waitress-serve --listen=$HOST:$PORT ${wsgi}:application`, module: wsgi };
  return { command: 'python3 manage.py runserver --noreload $HOST:$PORT', module: null };
}

function settingsNamed(source: string | null): string | null {
  return /DJANGO_SETTINGS_MODULE['"]\s*(?:,|\]\s*=)\s*['"]([\w.]+)['"]/.exec(source ?? '')?.[1] ?? null;
}

/** The assignment by which manage.py migrates the database of what is served: on its own it may take the settings for development. */
function servedSettings(view: FolderView, home: string, module: string | null): string {
  if (module === null) return '';
  const own = settingsNamed(view.text(inFolder(home, 'manage.py')));
  const served = settingsNamed(view.text(inFolder(home, `${module.replaceAll('.', '/')}.py`)));
  return own === null || served === null || own === served
    ? ''
    : `DJANGO_SETTINGS_MODULE=\${DJANGO_SETTINGS_MODULE:-${served}} `;
}

/** `shop.wsgi`: what the settings say, else the file that stands beside them, else the only one there is. */
function moduleOf(view: FolderView, home: string, settings: string | null, kind: 'wsgi' | 'asgi'): string | null {
  const path = inFolder(home, settings?.replaceAll('.', '/') ?? '');
  const source = view.text(`${path}.py`) ?? view.text(`${path}/__init__.py`) ?? view.text(`${path}/base.py`) ?? '';
  const said = new RegExp(`^${kind.toUpperCase()}_APPLICATION\\s*=\\s*['"]([\\w.]+)\\.application['"]`, 'm').exec(
    source,
  )?.[1];
  if (said !== undefined) return said;
  const packages = settings?.split('.').slice(0, -1) ?? [];
  for (let length = packages.length; length > 0; length -= 1) {
    const module = [...packages.slice(0, length), kind];
    if (view.hasFile(inFolder(home, `${module.join('/')}.py`))) return module.join('.');
  }
  const files = view
    .find(new RegExp(`(^|/)${kind}\\.py$`), home === '' ? 2 : 3)
    .filter((file) => file.startsWith(inFolder(home, '')));
  return files.length === 1 && files[0] !== undefined
    ? files[0].slice(inFolder(home, '').length, -3).replaceAll('/', '.')
    : null;
}
