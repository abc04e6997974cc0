import type { FolderView } from './folder-view.ts';
import { nodeProposal } from './javascript/node-project.ts';
import { readPackageJson } from './javascript/package-json.ts';
import { migrationScript, phpProposal, readComposerJson } from './php/php-project.ts';
import { migrationCommand, pythonProposal, readRequirements } from './python/python-project.ts';
import type { Ecosystem, Proposal } from './stack-rule.ts';

/**
 * What a list of dependencies says by itself, where nothing shows what is started: how they are installed. That is enough for a backend whose
 * start command somebody wrote. Java and Go are recognised by their lists anyway.
 */
export function manifestAlone(view: FolderView, ecosystem: Ecosystem): Proposal | null {
  switch (ecosystem) {
    case 'javascript': {
      const manifest = readPackageJson(view);
      return manifest === null ? null : nodeProposal(view, manifest, null, 'package.json');
    }
    case 'python': {
      const requirements = readRequirements(view);
      if (requirements === null) return null;
      return pythonProposal(requirements, {
        framework: null,
        evidence: requirements.file,
        start: { missing: 'nothing says how' },
        release: migrationCommand(view, requirements, null),
      });
    }
    case 'php': {
      const composer = readComposerJson(view);
      if (composer === null) return null;
      return phpProposal(view, composer, {
        framework: null,
        evidence: 'composer.json',
        release: migrationScript(composer),
        speaksPostgres: null,
      });
    }
    default:
      return null;
  }
}
