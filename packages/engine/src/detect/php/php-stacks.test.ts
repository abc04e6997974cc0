import { describe, expect, test } from 'vitest';
import { recognised, type RecognisedCase } from '../recognised.ts';

const cases: readonly RecognisedCase[] = [
  [
    'plain PHP with a document root',
    { 'public/index.php': '<?php echo 1;' },
    {
      framework: null,
      language: 'PHP',
      start: { command: 'php -d variables_order=EGPCS -S $HOST:$PORT -t public .assay/router.php' },
      install: [],
      compile: [],
    },
  ],
  [
    'plain PHP that is its own router',
    { 'index.php': "<?php if (PHP_SAPI === 'cli-server') {}" },
    { start: { command: 'php -d variables_order=EGPCS -S $HOST:$PORT -t . index.php' }, files: {} },
  ],
  [
    'plain PHP in one script, which its README serves',
    {
      'README.md':
        'Run:\n\n    php -S localhost:8080\n\nOpen http://localhost:8080/api.php/things/1 and https://x.example/other.php.',
      'api.php': '<?php echo 1;',
      'other.php': '',
    },
    {
      evidence: 'api.php',
      weak: true,
      start: { command: 'php -d variables_order=EGPCS -S $HOST:$PORT -t . .assay/router.php' },
      files: { '.assay/router.php': expect.stringContaining("$_SERVER['DOCUMENT_ROOT'] . '/api.php'") },
    },
  ],
  [
    'plain PHP in one script, which its Dockerfile serves',
    {
      Dockerfile: 'CMD ["php -S 0.0.0.0:8000 -t . server.php"]',
      'server.php': "<?php if (PHP_SAPI === 'cli-server') {}",
    },
    { start: { command: 'php -d variables_order=EGPCS -S $HOST:$PORT -t . server.php' } },
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
      start: {
        command:
          'DB_URL=${DB_URL:-$DATABASE_URL} php -d variables_order=EGPCS -S $HOST:$PORT -t public .assay/router.php',
      },
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
];

describe('PHP stacks', () => {
  test.each(cases)('%s', (_, files, expected) => {
    const all = recognised(files);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject(expected);
  });
});

test('of several scripts that a README serves, none is taken', () => {
  const readme = 'php -S localhost:8080 one.php\nphp -S localhost:8081 two.php\nphp -S localhost:8082 absent.php\n';
  expect(recognised({ 'README.md': readme, 'one.php': '', 'two.php': '' })).toEqual([]);
  expect(recognised({ 'README.md': readme, 'two.php': '' })).toHaveLength(1);
});
