import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { proposals } from '../choose-stack.ts';
import { viewFolder } from '../folder-view.ts';
import type { Proposal } from '../stack-rule.ts';
import { testFolder } from '../test-folder.ts';
import { stackRules } from './registry.ts';

type Files = Readonly<Record<string, string | object>>;

function recognised(files: Files): readonly Proposal[] {
  return proposals(viewFolder(testFolder(files)));
}

const settingsOf =
  "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\nfrom django.core.management import x\n";
const django: Files = {
  'manage.py': settingsOf,
  'shop/settings.py': "WSGI_APPLICATION = 'shop.wsgi.application'\n",
  'shop/wsgi.py': '',
  'shop/asgi.py': '',
};
const listening = "require('node:http').createServer(() => {}).listen(process.env.PORT)\n";
const boot =
  '<project><parent><version>3.4.0</version></parent><artifactId>shop</artifactId><version>1.2</version><dependencies><dependency><artifactId>spring-boot-starter-data-jpa</artifactId></dependency></dependencies><build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build></project>';
const plainPom =
  '<project><groupId>g</groupId><artifactId>shop</artifactId><version>1.2</version><dependencies><dependency><artifactId>gson</artifactId></dependency></dependencies></project>';
const shadePom =
  '<project><artifactId>shop</artifactId><version>${revision}</version><properties><revision>9</revision></properties><build><plugins><plugin><artifactId>maven-shade-plugin</artifactId></plugin></plugins></build></project>';

const cases: readonly (readonly [title: string, files: Files, expected: Readonly<Record<string, unknown>>])[] = [
  [
    'Express with a start script and a lock file',
    {
      'package.json': {
        dependencies: { express: '5', pg: '8' },
        scripts: { start: 'node server.js', migrate: 'node migrate.js' },
      },
      'package-lock.json': '{"node_modules/pg":{}}',
    },
    {
      framework: 'Express',
      language: 'JavaScript',
      start: { command: 'node server.js' },
      install: ['npm ci --no-audit --no-fund'],
      release: 'npm run migrate',
      speaksPostgres: true,
    },
  ],
  [
    'Express without a start script',
    { 'package.json': { dependencies: { express: '5' } }, 'src/app.js': 'x.listen(1)' },
    { start: { command: 'node src/app.js' }, install: ['npm install --no-audit --no-fund'], speaksPostgres: false },
  ],
  [
    'Express in TypeScript',
    { 'package.json': { dependencies: { express: '5' } }, 'src/server.ts': 'app.listen(1)' },
    { language: 'TypeScript', start: { command: 'node src/server.ts' }, compile: [] },
  ],
  [
    'a watcher is left out',
    { 'package.json': { dependencies: { express: '5' }, scripts: { start: 'nodemon index.js' } } },
    { start: { command: 'node index.js' } },
  ],
  [
    'a pre-start hook needs npm',
    { 'package.json': { dependencies: { express: '5' }, scripts: { prestart: 'x', start: 'node index.js' } } },
    { start: { command: 'npm run start' } },
  ],
  [
    'Fastify with its own command',
    {
      'package.json': { dependencies: { fastify: '5' }, scripts: { start: 'fastify start app.js' } },
      'pnpm-lock.yaml': '',
    },
    {
      framework: 'Fastify',
      start: { command: 'FASTIFY_ADDRESS=$HOST fastify start app.js' },
      install: ['pnpm install --frozen-lockfile'],
    },
  ],
  [
    'NestJS',
    {
      'package.json': {
        dependencies: { '@nestjs/core': '11', express: '5' },
        scripts: { build: 'nest build', start: 'nest start', 'start:prod': 'node dist/main' },
      },
      'tsconfig.json': '{}',
    },
    { framework: 'NestJS', language: 'TypeScript', compile: ['npm run build'], start: { command: 'node dist/main' } },
  ],
  [
    'Koa',
    { 'package.json': { dependencies: { koa: '3' } }, 'index.js': '' },
    { framework: 'Koa', start: { command: 'node index.js' } },
  ],
  [
    'Hono',
    { 'package.json': { dependencies: { hono: '4' } }, 'src/index.ts': 'serve(app)' },
    { framework: 'Hono', start: { command: 'node src/index.ts' } },
  ],
  [
    'the framework that is imported, of two',
    {
      'package.json': { dependencies: { express: '5', fastify: '5' } },
      'index.js': "import express from 'express'; x.listen()",
    },
    { framework: 'Express' },
  ],
  [
    'plain Node.js',
    { 'server.js': listening },
    { framework: null, language: 'JavaScript', start: { command: 'node server.js' }, install: [] },
  ],
  [
    'plain Node.js with a package.json',
    { 'package.json': { dependencies: { pg: '8' } }, 'server.js': listening },
    { framework: null, start: { command: 'node server.js' }, speaksPostgres: true },
  ],
  [
    'Prisma',
    {
      'package.json': { dependencies: { express: '5', '@prisma/client': '6', prisma: '6' } },
      'index.js': '',
      'prisma/schema.prisma': '',
      'prisma/migrations/1/m.sql': '',
    },
    { release: 'npx prisma migrate deploy', compile: ['npx prisma generate'], installReadsSources: true },
  ],
  [
    'Knex',
    { 'package.json': { dependencies: { express: '5', knex: '3' } }, 'index.js': '', 'knexfile.js': '' },
    { release: 'npx knex migrate:latest' },
  ],
  [
    'Django by its own server',
    { ...django, 'requirements.txt': 'Django==5.2 # web\npsycopg[binary]>=3\n' },
    {
      framework: 'Django',
      start: { command: 'python3 manage.py runserver --noreload $HOST:$PORT' },
      release: 'python3 manage.py migrate --noinput',
      speaksPostgres: true,
      install: ['python3 -m venv .venv', '.venv/bin/python3 -m pip install --quiet -r requirements.txt'],
    },
  ],
  [
    'Django by gunicorn',
    { ...django, 'requirements.txt': 'django\ngunicorn\n' },
    {
      start: { command: 'gunicorn --bind $HOST:$PORT --workers ${WEB_CONCURRENCY:-4} shop.wsgi:application' },
      speaksPostgres: false,
    },
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
    'Flask by a factory and gunicorn',
    {
      'requirements.txt': 'Flask\ngunicorn\nFlask-Migrate\n',
      'shop/__init__.py': 'def create_app():\n    return Flask(__name__)\n',
      'migrations/env.py': '',
    },
    {
      start: { command: "gunicorn --bind $HOST:$PORT --workers ${WEB_CONCURRENCY:-4} 'shop:create_app()'" },
      release: 'flask --app shop:create_app db upgrade',
    },
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
      install: ['python3 -m venv .venv', ".venv/bin/python3 -m pip install --quiet 'fastapi>=0.1' uvicorn"],
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
        'python3 -m venv .venv',
        ".venv/bin/python3 -m pip install --quiet 'flask>=3.1,<4' 'waitress[x]>=3.0,<3.1'",
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
    { framework: 'Flask', install: ['python3 -m venv .venv', '.venv/bin/python3 -m pip install --quiet flask==3.1.0'] },
  ],
  [
    'Python alone',
    { 'server.py': "from http.server import HTTPServer\nif __name__ == '__main__':\n    pass\n" },
    { framework: null, language: 'Python', start: { command: 'python3 server.py' }, install: [] },
  ],
  [
    'plain PHP with a document root',
    { 'public/index.php': '<?php echo 1;' },
    {
      framework: null,
      language: 'PHP',
      start: { command: 'php -S $HOST:$PORT -t public .assay/router.php' },
      install: [],
      compile: [],
    },
  ],
  [
    'plain PHP that is its own router',
    { 'index.php': "<?php if (PHP_SAPI === 'cli-server') {}" },
    { start: { command: 'php -S $HOST:$PORT -t . index.php' }, files: {} },
  ],
  [
    'Slim',
    { 'composer.json': { require: { 'slim/slim': '4' } }, 'composer.lock': '{}', 'public/index.php': '' },
    {
      framework: 'Slim',
      dependencyFolders: ['vendor'],
      compile: ['composer dump-autoload --no-dev --optimize --no-interaction'],
    },
  ],
  [
    'Laravel',
    {
      'composer.json': { require: { 'laravel/framework': '12' } },
      artisan: '',
      'public/index.php': '',
      'package.json': { devDependencies: { vite: '6' }, scripts: { dev: 'vite' } },
    },
    {
      framework: 'Laravel',
      release: 'DB_URL=${DB_URL:-$DATABASE_URL} php artisan migrate --force',
      start: { command: 'DB_URL=${DB_URL:-$DATABASE_URL} php -S $HOST:$PORT -t public .assay/router.php' },
    },
  ],
  [
    'Symfony',
    {
      'composer.json': { require: { 'symfony/framework-bundle': '7', 'doctrine/doctrine-migrations-bundle': '3' } },
      'bin/console': '',
      'public/index.php': '',
    },
    {
      framework: 'Symfony',
      release: 'php bin/console doctrine:migrations:migrate --no-interaction --allow-no-migration',
    },
  ],
  [
    'Spring Boot by Maven',
    { 'pom.xml': boot },
    {
      framework: 'Spring Boot',
      language: 'Java',
      compile: ['mvn -q -B -DskipTests package'],
      start: {
        command: expect.stringMatching(
          /^SERVER_PORT=\$PORT .*SPRING_DATASOURCE_URL=.* java -jar target\/shop-1\.2\.jar$/,
        ),
      },
    },
  ],
  [
    'a plain jar by Maven',
    {
      'pom.xml': plainPom,
      'src/main/java/shop/Main.java': 'package shop;\nclass Main { public static void main(String[] a) {} }',
    },
    {
      framework: null,
      compile: [
        'mvn -q -B -DskipTests package',
        'mvn -q -B -DskipTests dependency:copy-dependencies -DincludeScope=runtime',
      ],
      start: { command: "java -cp 'target/classes:target/dependency/*' shop.Main" },
      speaksPostgres: false,
    },
  ],
  [
    'a shaded jar by the Maven wrapper',
    { 'pom.xml': shadePom, mvnw: '', '.mvn/wrapper/maven-wrapper.properties': '' },
    { compile: ['sh ./mvnw -q -B -DskipTests package'], start: { command: 'java -jar target/shop-9.jar' } },
  ],
  [
    'Spring Boot by Gradle',
    { 'build.gradle': "plugins { id 'org.springframework.boot' version '3.4' }\n// spring-boot", gradlew: '' },
    {
      framework: 'Spring Boot',
      compile: ['sh ./gradlew -q --no-daemon bootJar'],
      start: { command: expect.stringMatching(/java -jar build\/libs\/\*\.jar$/) },
    },
  ],
  [
    'an application by Gradle',
    {
      'build.gradle.kts': 'plugins { application }\napplication { mainClass = "shop.Main" }',
      'settings.gradle.kts': '',
    },
    {
      compile: ['gradle -q --no-daemon installDist'],
      start: { command: 'java -cp "$(echo build/install/*/lib)/*" shop.Main' },
    },
  ],
  [
    'Go',
    { 'go.mod': 'module shop\nrequire github.com/gin-gonic/gin v1\n', 'cmd/server/main.go': 'package main\n' },
    {
      framework: 'Gin',
      language: 'Go',
      compile: ['go build -buildvcs=false -o .assay/backend ./cmd/server'],
      start: { command: './.assay/backend' },
    },
  ],
];

describe('stack rules', () => {
  test.each(cases)('%s', (_, files, expected) => {
    const all = recognised(files);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject(expected);
  });

  test('are all in the registry, under the names of their files', () => {
    const files = readdirSync(import.meta.dirname).flatMap((name) =>
      /^registry|\.test\.ts$/.test(name) ? [] : [name.replace('.ts', '')],
    );
    expect(stackRules.map((rule) => rule.name).sort()).toEqual(files.sort());
  });

  test.each([
    [
      'a front end',
      {
        'package.json': { dependencies: { react: '19' }, scripts: { start: 'vite', build: 'vite build' } },
        'src/main.ts': '',
      },
    ],
    ['nothing but a README', { 'README.md': '' }],
    ['a Python library', { 'pyproject.toml': '[project]\nname="x"\ndependencies=[]\n', 'x/__init__.py': '' }],
  ])('do not take %s for a backend', (_, files) => {
    expect(recognised(files)).toEqual([]);
  });
});
