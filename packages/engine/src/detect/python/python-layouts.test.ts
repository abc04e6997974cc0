import { expect, test } from 'vitest';
import { recognised, type RecognisedCase } from '../recognised.ts';

const cases: readonly RecognisedCase[] = [
  [
    'Django that is served under other settings than manage.py names',
    {
      'manage.py': "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\nfrom django.core import x\n",
      'shop/settings.py': '',
      'shop/wsgi.py': "os.environ['DJANGO_SETTINGS_MODULE'] = 'shop.settings.production'\n",
      'requirements.txt': 'django\ngunicorn\n',
    },
    {
      release:
        'DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-shop.settings.production} python3 manage.py migrate --noinput',
    },
  ],
  [
    'FastAPI that imports src as a package',
    {
      'requirements.txt': 'fastapi\nuvicorn\n',
      'src/main.py': 'from fastapi import FastAPI\nfrom src.auth.router import router\napp = FastAPI()\n',
      'src/auth/router.py': 'router = None\n',
      'alembic.ini': '',
    },
    {
      start: { command: 'uvicorn --host $HOST --port $PORT src.main:app' },
      release: 'alembic upgrade head',
    },
  ],
  [
    'FastAPI below src, whose migrations import the models',
    {
      'requirements.txt': 'fastapi\nuvicorn\n',
      'src/shop/main.py': 'from fastapi import FastAPI\nfrom shop.models import Base\napp = FastAPI()\n',
      'src/shop/__init__.py': '',
      'alembic.ini': '',
    },
    {
      start: { command: 'uvicorn --host $HOST --port $PORT --app-dir src shop.main:app' },
      release: 'PYTHONPATH=src${PYTHONPATH:+:$PYTHONPATH} alembic upgrade head',
    },
  ],
];

test.each(cases)('%s', (_, files, expected) => {
  const all = recognised(files);
  expect(all).toHaveLength(1);
  expect(all[0]).toMatchObject(expected);
});
