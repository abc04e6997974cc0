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
