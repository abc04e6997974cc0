import { migrationScript, phpProposal, readComposerJson } from '../php/php-project.ts';
import { frontController } from '../php/router.ts';
import type { StackRule } from '../stack-rule.ts';

/** PHP without a framework that has a rule of its own: an index.php, or the script that its README serves. */
export const php: StackRule = {
  name: 'php',
  ecosystem: 'php',
  recognise(view) {
    const script = frontController(view);
    if (script === null) return null;
    const composer = readComposerJson(view);
    const proposal = phpProposal(view, composer, {
      framework: null,
      evidence: script,
      release:
        migrationScript(composer) ??
        ['migrate.php', 'bin/migrate.php', 'bin/migrate']
          .filter((file) => view.hasFile(file))
          .map((file) => `php ${file}`)[0] ??
        null,
      speaksPostgres:
        composer?.requires.has('ext-pdo_pgsql') === true || composer?.requires.has('ext-pgsql') === true ? true : null,
    });
    return { ...proposal, weak: !/(^|\/)index\.php$/.test(script) };
  },
};
