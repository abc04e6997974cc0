import { migrationScript, phpProposal, readComposerJson } from '../php/php-project.ts';
import type { StackRule } from '../stack-rule.ts';

export const symfony: StackRule = {
  name: 'symfony',
  ecosystem: 'php',
  recognise(view) {
    const composer = readComposerJson(view);
    if (composer === null || !composer.requires.has('symfony/framework-bundle')) return null;
    const migrations = composer.requires.has('doctrine/doctrine-migrations-bundle');
    const console = view.hasFile('bin/console') ? 'php bin/console' : null;
    return phpProposal(view, composer, {
      framework: 'Symfony',
      evidence: 'composer.json (symfony/framework-bundle)',
      release:
        migrations && console !== null
          ? `${console} doctrine:migrations:migrate --no-interaction --allow-no-migration`
          : migrationScript(composer),
      environment: { APP_ENV: 'prod', APP_DEBUG: '0' },
      speaksPostgres:
        composer.requires.has('doctrine/dbal') ||
        composer.requires.has('doctrine/orm') ||
        composer.requires.has('ext-pdo_pgsql')
          ? true
          : null,
    });
  },
};
