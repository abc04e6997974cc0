import { createHash } from 'node:crypto';
import { phpProposal, readComposerJson } from '../php/php-project.ts';
import type { StackRule } from '../stack-rule.ts';

/** Both names that releases of Laravel know for the address of the database. */
const assignments = 'DB_URL=${DB_URL:-$DATABASE_URL}';

export const laravel: StackRule = {
  name: 'laravel',
  ecosystem: 'php',
  recognise(view) {
    const composer = readComposerJson(view);
    if (composer === null || !composer.requires.has('laravel/framework') || !view.hasFile('artisan')) return null;
    const hasKey = /^APP_KEY=.{8,}/m.test(view.text('.env') ?? '');
    const key = `base64:${createHash('sha256').update('a key for judging, not for production').digest('base64')}`;
    return phpProposal(view, composer, {
      framework: 'Laravel',
      evidence: 'composer.json (laravel/framework)',
      release: `${assignments} php artisan migrate --force`,
      environment: { DB_CONNECTION: 'pgsql', LOG_CHANNEL: 'stderr', ...(hasKey ? {} : { APP_KEY: key }) },
      assignments,
      speaksPostgres: true,
    });
  },
};
