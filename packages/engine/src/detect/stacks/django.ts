import type { FolderView } from '../folder-view.ts';
import { gunicornCommand } from '../python/gunicorn.ts';
import { pythonProposal, readRequirements } from '../python/python-project.ts';
import type { Requirements } from '../python/requirements.ts';
import type { StackRule } from '../stack-rule.ts';

export const django: StackRule = {
  name: 'django',
  ecosystem: 'python',
  recognise(view) {
    const manage = view.text('manage.py');
    if (manage === null || !/^\s*(from|import)\s+django\b/m.test(manage)) return null;
    const requirements = readRequirements(view);
    const rest =
      view.list('').some(({ kind }) => kind === 'folder') && requirements?.names.has('djangorestframework') === true;
    return pythonProposal(requirements, {
      framework: rest ? 'Django REST framework' : 'Django',
      evidence: 'manage.py (django)',
      start: { command: serverCommand(view, manage, requirements) },
      release: 'python3 manage.py migrate --noinput',
    });
  },
};

function serverCommand(view: FolderView, manage: string, requirements: Requirements | null): string {
  const settings = /DJANGO_SETTINGS_MODULE['"]\s*,\s*['"]([\w.]+)['"]/.exec(manage)?.[1] ?? null;
  const wsgi = moduleOf(view, settings, 'wsgi');
  const asgi = moduleOf(view, settings, 'asgi');
  const has = (name: string): boolean => requirements?.names.has(name) === true;
  if (has('gunicorn') && wsgi !== null) return gunicornCommand(view, `${wsgi}:application`, { threads: 40 });
  if (has('uvicorn') && asgi !== null) return `uvicorn --host $HOST --port $PORT ${asgi}:application`;
  if (has('daphne') && asgi !== null) return `daphne -b $HOST -p $PORT ${asgi}:application`;
  if (has('waitress') && wsgi !== null) return `waitress-serve --listen=$HOST:$PORT ${wsgi}:application`;
  return 'python3 manage.py runserver --noreload $HOST:$PORT';
}

/** `shop.wsgi`: what the settings say, else the file that stands beside them, else the only one there is. */
function moduleOf(view: FolderView, settings: string | null, kind: 'wsgi' | 'asgi'): string | null {
  const path = settings?.replaceAll('.', '/') ?? '';
  const source = view.text(`${path}.py`) ?? view.text(`${path}/__init__.py`) ?? view.text(`${path}/base.py`) ?? '';
  const said = new RegExp(`^${kind.toUpperCase()}_APPLICATION\\s*=\\s*['"]([\\w.]+)\\.application['"]`, 'm').exec(
    source,
  )?.[1];
  if (said !== undefined) return said;
  const packages = path.split('/').slice(0, -1);
  for (let length = packages.length; length > 0; length -= 1) {
    const module = [...packages.slice(0, length), kind];
    if (view.hasFile(`${module.join('/')}.py`)) return module.join('.');
  }
  const files = view.find(new RegExp(`(^|/)${kind}\\.py$`), 2);
  return files.length === 1 && files[0] !== undefined ? files[0].slice(0, -3).replaceAll('/', '.') : null;
}
