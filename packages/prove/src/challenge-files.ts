import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Challenge, Fault, type Mutant } from '@assay/contract';
import { listStacks, loadMutants } from './challenge.ts';
import { applyPatchFile } from './patch.ts';
import { nearest } from './plan.ts';

/** The brief of a challenge, in Markdown. */
export function readChallengeBrief(challenge: Challenge): string {
  return readFileSync(path.join(challenge.folder, challenge.brief), 'utf8');
}

/**
 * Writes the starter of a stack, with brief and contract, into a new or empty folder. Returns the files, relative. Throws the faults
 * unknown-stack and not-empty.
 */
export function writeStarter(challenge: Challenge, stack: string, folder: string): readonly string[] {
  const stacks = listStacks(challenge, 'starters');
  if (!stacks.includes(stack)) {
    throw new Fault(
      'unknown-stack',
      `${challenge.slug} has no starter for ${stack}; there are ${stacks.join(', ')}.${nearest(stack, stacks)}`,
    );
  }
  openEmpty(folder);
  cpSync(path.join(challenge.folder, 'starters', stack), folder, { recursive: true });
  copyContract(challenge, folder);
  return filesIn(folder);
}

/**
 * Writes a reference with one mistake in it into a new or empty folder. Returns the mistake; null when the challenge has none in this stack.
 * Throws the fault not-empty.
 * @param id the mutant; null for the first of that stack
 */
export function writeSample(challenge: Challenge, stack: string, folder: string, id: string | null): Mutant | null {
  const mutants = loadMutants(challenge).filter((one) => one.stack === stack);
  const mutant = mutants.find((one) => one.id === id) ?? mutants[0];
  if (mutant === undefined) return null;
  openEmpty(folder);
  const source = path.join(challenge.folder, 'backends', stack);
  cpSync(source, folder, { recursive: true, filter: (file) => !file.split(path.sep).includes('node_modules') });
  applyPatchFile(mutant.patch, folder);
  copyContract(challenge, folder);
  return mutant;
}

/** A folder that is not there yet, or is empty. */
function openEmpty(folder: string): void {
  try {
    if (existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0))
      throw new Fault('not-empty', `${folder} is not an empty folder.`);
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    if (error instanceof Fault) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault('no-such-folder', `${folder} cannot be made: ${why}.`, 'Give a folder that you can write to.');
  }
}

function copyContract(challenge: Challenge, folder: string): void {
  // The XML Schemas that a WSDL imports lie beside it.
  const schemas = readdirSync(challenge.folder).filter((name) => name.endsWith('.xsd'));
  for (const file of [...challenge.contracts, ...schemas, challenge.brief])
    cpSync(path.join(challenge.folder, file), path.join(folder, path.basename(file)));
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .sort();
}
