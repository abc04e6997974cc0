import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Challenge, type Contract, Fault, readContractFile } from '@assay/contract';
import { loadChallenge } from './challenge.ts';

/** Where a contract is looked for in a backend's folder, the most telling first. */
const names = ['openapi', 'swagger', 'api', 'openapi-spec', 'api-spec'];
const folders = [
  '.',
  'docs',
  'doc',
  'api',
  'spec',
  'openapi',
  'contract',
  'public',
  'static',
  'src',
  'src/main/resources',
  'src/main/resources/static',
];
const endings = ['yaml', 'yml', 'json'];

/** What a backend is judged against. `contract` is null when only the running backend can tell (it serves its document). */
export interface Subject {
  readonly challenge: Challenge | null;
  readonly contract: Contract | null;
}

export interface SubjectOptions {
  /** Absolute path of the backend. */
  readonly folder: string;
  /** From the command line; wins over the settings. */
  readonly challenge: string | null;
  readonly contract: string | null;
  /** From assay.yaml, relative to the folder. */
  readonly settings: { readonly challenge: string | null; readonly contract: string | null };
}

/** Finds the challenge and the contract. Throws the faults unknown-challenge, bad-challenge, bad-contract, no-contract. */
export async function findSubject(options: SubjectOptions): Promise<Subject> {
  if (options.contract !== null) return { challenge: null, contract: await readNamed(path.resolve(options.contract)) };
  const slug = options.challenge ?? (options.settings.contract === null ? options.settings.challenge : null);
  if (slug !== null) {
    const challenge = await loadChallenge(slug);
    return { challenge, contract: await readContractFile(path.join(challenge.folder, challenge.contract)) };
  }
  if (options.settings.contract !== null) {
    return { challenge: null, contract: await readNamed(path.resolve(options.folder, options.settings.contract)) };
  }
  const found = findDocument(options.folder);
  return { challenge: null, contract: found === null ? null : await readContractFile(found) };
}

async function readNamed(file: string): Promise<Contract> {
  if (!existsSync(file)) throw new Fault('no-contract', `There is no contract at ${file}.`);
  if (statSync(file).isDirectory()) throw new Fault('no-contract', `${file} is a folder; the contract must be a file.`);
  return readContractFile(file);
}

/** The first file that carries one of the usual names and says `openapi:` or `swagger:`. */
function findDocument(folder: string): string | null {
  for (const sub of folders) {
    for (const name of names) {
      for (const ending of endings) {
        const file = path.join(folder, sub, `${name}.${ending}`);
        if (
          existsSync(file) &&
          statSync(file).isFile() &&
          /["']?(openapi|swagger)["']?\s*:/.test(readFileSync(file, 'utf8').slice(0, 65_536))
        )
          return file;
      }
    }
  }
  return null;
}
