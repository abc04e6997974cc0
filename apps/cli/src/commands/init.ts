import path from 'node:path';
import { loadChallenge, writeStarter } from '@assay/prove';
import { Command } from 'commander';

export function initCommand(): Command {
  return new Command('init')
    .description('Begin a challenge: a small backend that starts, and fails honestly')
    .argument('<challenge>', 'its name (see `assay list`)')
    .argument('[dir]', 'a new or empty folder; default: ./<challenge>-<stack>')
    .requiredOption('--stack <stack>', 'express, django, php, java …')
    .addHelpText(
      'after',
      '\nExamples:\n  assay init todo --stack express\n  assay init ledger ./my-ledger --stack django',
    )
    .action(async (name: string, dir: string | undefined, options: { readonly stack: string }) => {
      const challenge = await loadChallenge(name);
      const folder = path.resolve(dir ?? `${challenge.slug}-${options.stack}`);
      writeStarter(challenge, options.stack, folder);
      const shown = path.relative(process.cwd(), folder) || '.';
      process.stdout.write(
        `${challenge.title} is in ${shown}.\n\n  Read   ${path.join(shown, challenge.brief)}\n  Judge  assay check ${shown}\n`,
      );
    });
}
