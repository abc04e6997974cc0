import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { proposals } from '../choose-stack.ts';
import { noSettings } from '../../settings/settings.ts';
import { detect } from '../detect.ts';
import { viewFolder } from '../folder-view.ts';
import { recognised, type RecognisedCase } from '../recognised.ts';
import { testFolder } from '../test-folder.ts';

const settingsOf =
  "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\nfrom django.core.management import x\n";
const django: RecognisedCase[1] = {
  'manage.py': settingsOf,
  'shop/settings.py': "WSGI_APPLICATION = 'shop.wsgi.application'\n",
  'shop/wsgi.py': '',
  'shop/asgi.py': '',
};

const cases: readonly RecognisedCase[] = [
  [
    'Django by its own server',
    { ...django, 'requirements.txt': 'Django==5.2 # web\npsycopg[binary]>=3\n' },
    {
      framework: 'Django',
      start: { command: 'python3 manage.py runserver --noreload $HOST:$PORT' },
      release: 'python3 manage.py migrate --noinput',
      speaksPostgres: true,
      install: ['python3 -I -m venv .venv', '.venv/bin/python3 -I -m pip install --quiet -r requirements.txt'],
    },
  ],
  [
    'Django in the folder that startproject made beside the requirements',
    {
      ...Object.fromEntries(Object.entries(django).map(([path, source]) => [`site/${path}`, source])),
      'requirements.txt': 'django\ngunicorn\n',
    },
    {
      framework: 'Django',
      evidence: 'site/manage.py (django)',
      start: { command: expect.stringMatching(/^cd site && gunicorn .* shop\.wsgi:application$/) },
      release: 'cd site && python3 manage.py migrate --noinput',
    },
  ],
  [
    'Django by gunicorn',
    { ...django, 'requirements.txt': 'django\ngunicorn\n' },
    {
      start: {
        command: 'gunicorn --bind $HOST:$PORT --workers ${WEB_CONCURRENCY:-1} --threads 40 shop.wsgi:application',
      },
      speaksPostgres: false,
    },
  ],
  [
    'Django by gunicorn with a configuration of its own',
    { ...django, 'requirements.txt': 'django\ngunicorn\n', 'gunicorn.conf.py': 'workers = 2\nbind = "x"\n' },
    { start: { command: 'gunicorn shop.wsgi:application' } },
  ],
  [
    'Django by uvicorn',
    { ...django, 'requirements.txt': 'django\nuvicorn\n' },
    { start: { command: 'uvicorn --host $HOST --port $PORT shop.asgi:application' } },
  ],
  [
    'Flask',
    { 'requirements.txt': 'Flask\n', 'app.py': 'app = Flask(__name__)\n' },
    { framework: 'Flask', start: { command: 'flask --app app:app run --host $HOST --port $PORT' }, release: null },
  ],
  [
    'Flask by a factory, beside a script that calls it for its own ends',
    {
      'requirements.txt': 'Flask\n',
      'app.py': 'def create_app():\n    return Flask(__name__)\n',
      'init_db.py': 'from app import create_app\napp = create_app()\n',
    },
    { start: { command: 'flask --app app:create_app run --host $HOST --port $PORT' } },
  ],
  [
    'Flask by a factory and gunicorn',
    {
      'requirements.txt': 'Flask\ngunicorn\nFlask-Migrate\n',
      'shop/__init__.py': 'def create_app():\n    return Flask(__name__)\n',
      'migrations/env.py': '',
    },
    {
      start: {
        command: "gunicorn --bind $HOST:$PORT --workers ${WEB_CONCURRENCY:-1} --threads 40 'shop:create_app()'",
      },
      release: 'flask --app shop:create_app db upgrade',
    },
  ],
  [
    'Litestar',
    {
      'requirements.txt': 'litestar[standard]\nasyncpg\n',
      'app.py': 'from litestar import Litestar\napp = Litestar(route_handlers=[])\n',
    },
    { framework: 'Litestar', start: { command: 'uvicorn --host $HOST --port $PORT app:app' } },
  ],
  [
    'Starlette',
    {
      'requirements.txt': 'starlette\nhypercorn\n',
      'app.py': 'from starlette.applications import Starlette\napp = Starlette()\n',
    },
    { framework: 'Starlette', start: { command: 'hypercorn --bind $HOST:$PORT app:app' } },
  ],
  [
    'Flask as a package by setup.py',
    {
      'setup.py':
        "from setuptools import setup\nsetup(\n  install_requires=[\n    'flask>=3',  # 'web'\n    \"flask-sqlalchemy[x]\",\n  ],\n)\n",
      'pyproject.toml': '[tool.black]\nline-length = 100\n',
      'app.py': 'from flask import Flask\napp = Flask(__name__)\n',
    },
    {
      framework: 'Flask',
      install: [
        'python3 -I -m venv .venv',
        ".venv/bin/python3 -I -m pip install --quiet 'flask>=3' 'flask-sqlalchemy[x]'",
      ],
    },
  ],
  [
    'Flask as a package by setup.cfg',
    {
      'setup.cfg': '[options]\npackages = find:\ninstall_requires =\n    flask>=3\n    gunicorn\n\n[flake8]\nmax = 3\n',
      'setup.py': 'from setuptools import setup\nsetup()\n',
      'app.py': 'from flask import Flask\napp = Flask(__name__)\n',
    },
    {
      framework: 'Flask',
      install: ['python3 -I -m venv .venv', ".venv/bin/python3 -I -m pip install --quiet 'flask>=3' gunicorn"],
    },
  ],
  [
    'Flask that makes its tables itself',
    {
      'requirements.txt': 'Flask\nFlask-Migrate\n',
      'shop.py': 'from flask import Flask\napp = Flask(__name__)\nwith app.app_context():\n    db.create_all()\n',
      'migrations/env.py': '',
    },
    { framework: 'Flask', release: null },
  ],
  [
    'FastAPI',
    {
      'requirements.txt': 'fastapi\nuvicorn[standard]\nasyncpg\n',
      'app/main.py': 'from fastapi import FastAPI\napp: FastAPI = FastAPI()\n',
      'alembic.ini': '',
    },
    {
      framework: 'FastAPI',
      start: { command: 'uvicorn --host $HOST --port $PORT app.main:app' },
      release: 'alembic upgrade head',
      speaksPostgres: true,
    },
  ],
  [
    'FastAPI below src, by pyproject.toml',
    {
      'pyproject.toml': '[project]\nname = "x"\ndependencies = ["fastapi>=0.1", "uvicorn"]\n',
      'src/shop/api.py': 'api = FastAPI()\n',
    },
    {
      start: { command: 'uvicorn --host $HOST --port $PORT --app-dir src shop.api:api' },
      install: ['python3 -I -m venv .venv', ".venv/bin/python3 -I -m pip install --quiet 'fastapi>=0.1' uvicorn"],
    },
  ],
  [
    'Flask by Poetry',
    {
      'pyproject.toml':
        '[tool.poetry.dependencies]\npython = "^3.11"\nflask = "^3.1"\nwaitress = {version = "~3.0", extras = ["x"]}\n',
      'app.py': 'app = Flask(__name__)',
    },
    {
      start: { command: 'waitress-serve --listen=$HOST:$PORT app:app' },
      install: [
        'python3 -I -m venv .venv',
        ".venv/bin/python3 -I -m pip install --quiet 'flask>=3.1,<4' 'waitress[x]>=3.0,<3.1'",
      ],
    },
  ],
  [
    'Flask by Poetry, with what comes from a repository, an address and a folder of its own',
    {
      'pyproject.toml':
        '[tool.poetry.dependencies]\npython = "^3.14"\nflask = "*"\n' +
        'lib = {git = "https://git.example.com/shop/lib.git", tag = "v1", subdirectory = "python"}\n' +
        'keys = {git = "git@git.example.com:shop/keys.git", extras = ["x"]}\n' +
        'wheel = {url = "https://files.example.com/wheel-1-py3-none-any.whl", markers = "os_name == \\"posix\\""}\n' +
        'own = {path = "libs/own", develop = true}\n',
      'app.py': 'app = Flask(__name__)',
    },
    {
      install: [
        'python3 -I -m venv .venv',
        ".venv/bin/python3 -I -m pip install --quiet flask 'lib @ git+https://git.example.com/shop/lib.git@v1#subdirectory=python' 'keys[x] @ git+ssh://git@git.example.com/shop/keys.git' 'wheel @ https://files.example.com/wheel-1-py3-none-any.whl ; os_name == \"posix\"' ./libs/own",
      ],
      installReadsSources: true,
      tools: [{ program: 'python3', atLeast: { version: [3, 14], said: 'pyproject.toml' } }],
    },
  ],
  [
    'Flask by uv, with what its sources say',
    {
      'pyproject.toml':
        '[project]\nname = "x"\ndependencies = ["flask", "Shop_Lib[x]>=1; python_version > \'3\'", "torch"]\n' +
        '[tool.uv.sources]\nshop-lib = {git = "https://git.example.com/lib", rev = "abc"}\ntorch = [{index = "cpu"}]\n',
      'app.py': 'app = Flask(__name__)',
    },
    {
      install: [
        'python3 -I -m venv .venv',
        ".venv/bin/python3 -I -m pip install --quiet flask 'Shop_Lib[x] @ git+https://git.example.com/lib@abc ; python_version > '\\''3'\\''' torch",
      ],
    },
  ],
  [
    'Flask by Pipenv',
    {
      Pipfile: '[packages]\nflask = "*"\n',
      'Pipfile.lock': { default: { flask: { version: '==3.1.0' } } },
      'app.py': 'app = Flask(__name__)',
    },
    {
      framework: 'Flask',
      install: ['python3 -I -m venv .venv', '.venv/bin/python3 -I -m pip install --quiet flask==3.1.0'],
    },
  ],
  [
    'Python alone',
    { 'server.py': "from http.server import HTTPServer\nif __name__ == '__main__':\n    pass\n" },
    { framework: null, language: 'Python', start: { command: 'python3 server.py' }, install: [] },
  ],
  [
    'FastAPI in a folder whose files import each other by their bare names, made by some function',
    {
      'pyproject.toml': '[project]\nname = "x"\ndependencies = ["fastapi", "uvicorn"]\n',
      'app/main.py': 'from config import settings\nfrom setup_app import make\n\napp = make()\n',
      'app/config.py': 'settings = {}\n',
      'app/setup_app.py': 'from fastapi import FastAPI\ndef make():\n    return FastAPI()\n',
      'app/alembic.ini': '',
    },
    {
      start: { command: 'cd app && uvicorn --host $HOST --port $PORT main:app' },
      release: 'cd app && alembic upgrade head',
    },
  ],
];

describe('Python stacks', () => {
  test('requirements that others take in are followed wherever they stand, and decide what is installed', () => {
    const [found] = recognised({
      'requirements.txt': 'gunicorn\n-r deps/base.txt # the rest\n-c versions.txt\n-r ../outside.txt\n',
      'deps/base.txt': '--requirement=more/web.txt\n-r ../requirements.txt\npsycopg\n',
      'deps/more/web.txt': 'flask\n',
      'versions.txt': 'flask==3.0.0\ndjango==5.2\n',
      'app.py': 'app = Flask(__name__)\n',
    });
    expect(found).toMatchObject({ framework: 'Flask', speaksPostgres: true, installReadsSources: false });
    expect(found?.lockFiles).toEqual(['requirements.txt', 'deps/base.txt', 'deps/more/web.txt', 'versions.txt']);
  });

  test('what a lock file names is what pip may take', () => {
    const pyproject = '[project]\nname = "x"\ndependencies = ["fastapi", "uvicorn"]\n';
    const lock =
      '[[package]]\nname = "fastapi"\nversion = "0.1.0"\n[[package]]\nname = "six"\nversion = "1"\n[[package]]\nname = "six"\nversion = "2"\n' +
      '[[package]]\nname = "lib"\nversion = "1"\nsource = { git = "https://git.example.com/lib" }\n' +
      '[[package]]\nname = "own"\nversion = "1"\n[package.source]\ntype = "directory"\nurl = "libs/own"\n';
    const folder = testFolder({ 'pyproject.toml': pyproject, 'uv.lock': lock, 'main.py': 'app = FastAPI()\n' });
    const [found] = proposals(viewFolder(folder));
    expect(found?.lockFiles).toEqual(['pyproject.toml', 'uv.lock']);
    const [, constrain = '', install] = found?.install ?? [];
    expect(install).toBe('.venv/bin/python3 -I -m pip install --quiet -c .venv/constraints.txt fastapi uvicorn');
    const read = constrain.replace('.venv/bin/python3', 'python3').replace('.venv/constraints.txt', 'out.txt');
    execFileSync('sh', ['-c', read], { cwd: folder });
    expect(readFileSync(join(folder, 'out.txt'), 'utf8')).toBe('fastapi==0.1.0\n');
  });

  test.each([
    ['[tool.poetry.dependencies]\nflask = "*"\nlocal = {path = "../local"}\n', 'local comes from ../local'],
    [
      '[tool.poetry.dependencies]\nflask = "*"\nlocal = [{path = "a"}, {git = "b"}]\n',
      'local comes from several places',
    ],
    [
      '[project]\nname = "x"\ndependencies = ["flask", "local"]\n[tool.uv.sources]\nlocal = {workspace = true}\n',
      'local is another member of its uv workspace (`workspace = true`), which pip cannot be told',
    ],
  ])('what comes from elsewhere is never taken from the package index by its name: %s', async (pyproject, why) => {
    const folder = testFolder({ 'pyproject.toml': pyproject, 'app.py': 'app = Flask(__name__)' });
    const [found] = proposals(viewFolder(folder));
    expect(found?.cannotInstall).toContain(why);
    expect(found?.install.join(' ')).not.toContain('local');
    await expect(detect(folder, noSettings)).rejects.toMatchObject({
      code: 'not-a-backend',
      message: expect.stringContaining(why),
    });
    const own = await detect(folder, { ...noSettings, install: ['pip install flask'] });
    expect(own.install).toEqual(['pip install flask']);
  });

  test('a manage.py of something else is not Django', () => {
    expect(recognised({ 'manage.py': '# As in Django.\nimport litestar\n' })).toEqual([]);
  });

  test('an application that stands in a project of its own is left to that folder', () => {
    const files = {
      'pyproject.toml': '[tool.uv.workspace]\nmembers = ["backend"]\n',
      'backend/pyproject.toml': '[project]\nname = "x"\ndependencies = ["fastapi"]\n',
      'backend/app/main.py': 'from fastapi import FastAPI\napp = FastAPI()\n',
    };
    expect(recognised(files)).toEqual([]);
  });

  test.each(cases)('%s', (_, files, expected) => {
    const all = recognised(files);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject(expected);
  });
});
