import { migrationScript, phpProposal, readComposerJson } from '../php/php-project.ts';
import { documentRoot } from '../php/router.ts';
import type { StackRule } from '../stack-rule.ts';

/** PHP without a framework that has a rule of its own: an index.php. */
export const php: StackRule = {
  name: 'php',
  ecosystem: 'php',
  recognise(view) {
    const root = documentRoot(view);
    if (root === null) return null;
    const composer = readComposerJson(view);
    return phpProposal(view, composer, {
      framework: null,
      evidence: root === '.' ? 'index.php' : `${root}/index.php`,
      release:
        migrationScript(composer) ??
        ['migrate.php', 'bin/migrate.php', 'bin/migrate']
          .filter((file) => view.hasFile(file))
          .map((file) => `php ${file}`)[0] ??
        null,
      speaksPostgres:
        composer?.requires.has('ext-pdo_pgsql') === true || composer?.requires.has('ext-pgsql') === true ? true : null,
    });
  },
};
