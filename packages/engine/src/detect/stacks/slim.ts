import { migrationScript, phpProposal, readComposerJson } from '../php/php-project.ts';
import type { StackRule } from '../stack-rule.ts';

export const slim: StackRule = {
  name: 'slim',
  ecosystem: 'php',
  recognise(view) {
    const composer = readComposerJson(view);
    if (composer === null || !composer.requires.has('slim/slim')) return null;
    return phpProposal(view, composer, {
      framework: 'Slim',
      evidence: 'composer.json (slim/slim)',
      release: migrationScript(composer),
      speaksPostgres: null,
    });
  },
};
