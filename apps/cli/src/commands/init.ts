import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Fault } from '@assay/contract';
import { listStacks, loadChallenge, nearest } from '@assay/prove';
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
      const stacks = listStacks(challenge, 'starters');
      if (!stacks.includes(options.stack)) {
        throw new Fault(
          'unknown-stack',
          `${challenge.slug} has no starter for ${options.stack}; there are ${stacks.join(', ')}.${nearest(options.stack, stacks)}`,
        );
      }
      const folder = path.resolve(dir ?? `${challenge.slug}-${options.stack}`);
      if (existsSync(folder) && readdirSync(folder).length > 0) throw new Fault('not-empty', `${folder} is not empty.`);
      mkdirSync(folder, { recursive: true });
      cpSync(path.join(challenge.folder, 'starters', options.stack), folder, { recursive: true });
      for (const file of [...challenge.contracts, ...schemasBeside(challenge.folder), challenge.brief])
        cpSync(path.join(challenge.folder, file), path.join(folder, path.basename(file)));
      const shown = path.relative(process.cwd(), folder) || '.';
      process.stdout.write(
        `${challenge.title} is in ${shown}.\n\n  Read   ${path.join(shown, challenge.brief)}\n  Judge  assay check ${shown}\n`,
      );
    });
}

/** The XML Schemas that a WSDL imports lie beside it. */
function schemasBeside(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.xsd'));
}
