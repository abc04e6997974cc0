import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Challenge, type Contract, Fault, readContractFile, type Report } from '@assay/contract';
import { listSources } from '@assay/engine';
import { loadChallenge, loadNamedChallenge, readChallengeContract } from './challenge.ts';

/** Where a contract is looked for in a backend's folder, the most telling first. */
const names = ['openapi', 'swagger', 'api', 'openapi-spec', 'api-spec', 'openapi3', 'openapi_spec', 'spec'];
const folders = [
  '.',
  'docs',
  'doc',
  'api',
  'spec',
  'specs',
  'openapi',
  'openapi_specs',
  'openapi-specs',
  'swagger',
  'contract',
  'public',
  'static',
  'src',
  'src/main/resources',
  'src/main/resources/static',
];
const endings = ['yaml', 'yml', 'json'];
/** Where the WSDL of a service usually lies. */
const wsdlFolders = [...folders, 'wsdl', 'resources', 'src/main/resources/wsdl', 'src/main/webapp/WEB-INF/wsdl'];

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
  const { folder } = options;
  if (options.contract !== null)
    return { challenge: null, contract: readNamed(path.resolve(options.contract), folder) };
  const slug = options.challenge ?? (options.settings.contract === null ? options.settings.challenge : null);
  if (slug !== null) {
    const challenge = options.challenge === null ? await loadNamedChallenge(slug) : await loadChallenge(slug);
    return { challenge, contract: readChallengeContract(challenge) };
  }
  if (options.settings.contract !== null) {
    return { challenge: null, contract: readOfSettings(options.settings.contract, folder) };
  }
  const found = findDocument(folder);
  return { challenge: null, contract: found === null ? null : readOwnContract(found, folder) };
}

/** A contract as the report names it. */
export function described(contract: Contract): Report['contract'] {
  return {
    source: contract.source,
    title: contract.title,
    operations: contract.operations.length,
    problems: contract.problems,
  };
}

/** What a contract in a backend's folder refers to may lie anywhere in that folder (`../xsd/types.xsd`), and that of another one beside it. */
export function readOwnContract(file: string, folder: string): Contract {
  const relative = path.relative(folder, file);
  const isInside = !relative.startsWith('..') && !path.isAbsolute(relative);
  return readContractFile(file, isInside ? { folder } : {});
}

function readNamed(file: string, folder: string): Contract {
  if (!existsSync(file)) throw new Fault('no-contract', `There is no contract at ${file}.`);
  if (statSync(file).isDirectory()) throw new Fault('no-contract', `${file} is a folder; the contract must be a file.`);
  return readOwnContract(file, folder);
}

/** The settings are as much a stranger's as the backend: what they name is a file of that backend, and neither a pipe nor a device. */
function readOfSettings(name: string, folder: string): Contract {
  const file = path.resolve(folder, name);
  if (existsSync(file) && !leadsInto(folder, file))
    throw new Fault(
      'no-contract',
      `The contract that assay.yaml names (${name}) lies outside of the folder.`,
      'Name it with --contract, or put it into the folder.',
    );
  if (existsSync(file) && !statSync(file).isFile() && !statSync(file).isDirectory())
    throw new Fault('no-contract', `${file} is not a file.`);
  return readNamed(file, folder);
}

/** Whether a path, with its links followed, stays in the folder. */
function leadsInto(folder: string, file: string): boolean {
  const relative = path.relative(realpathSync(folder), realpathSync(file));
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** A file of the backend's own: what a link out of its folder leads to is not the backend's to show. */
function isOwnFile(folder: string, file: string): boolean {
  return existsSync(file) && statSync(file).isFile() && leadsInto(folder, file);
}

/** The first file that carries one of the usual names and says `openapi:` or `swagger:`, or else the WSDL. */
function findDocument(folder: string): string | null {
  for (const sub of folders) {
    for (const name of names) {
      for (const ending of endings) {
        const file = path.join(folder, sub, `${name}.${ending}`);
        if (
          isOwnFile(folder, file) &&
          /["']?(openapi|swagger)["']?\s*:/.test(readFileSync(file, 'utf8').slice(0, 65_536))
        )
          return file;
      }
    }
  }
  return findWsdl(folder);
}

/** Where documents lie that describe no part of this backend, or no finished one. */
const elsewhere =
  /(^|\/)(tests?|__tests__|testdata|fixtures|mocks?|examples?|samples?|dist|build|out|target|vendor|clients?|external|third[_-]?party|integrations?)\//i;
const document = new RegExp(String.raw`^(?:[^/]+/){1,4}(?:${names.join('|')})\.(?:${endings.join('|')})$`);

/**
 * The one document that lies deeper in the folder than usual, for a backend that serves none; null when there is none, or several. It may as well
 * describe another service, which this one calls: what a backend serves goes before it.
 */
export function deepContract(folder: string): Contract | null {
  const found = listSources(folder)
    .flatMap(({ path: file, kind }) => (kind === 'file' ? [file] : []))
    .filter((file) => document.test(file) && !elsewhere.test(file) && isDocument(path.join(folder, file)));
  // One of a name may stand there as YAML and as JSON.
  const byName = Map.groupBy(found, (file) => file.slice(0, file.lastIndexOf('.')));
  const [only, ...others] = byName.values();
  const file = others.length > 0 ? undefined : only?.at(-1);
  return file === undefined ? null : readOwnContract(path.join(folder, file), folder);
}

function isDocument(file: string): boolean {
  return /(?:^|[{,])\s*["']?(openapi|swagger)["']?\s*:\s*["']?[23]\b/m.test(
    readFileSync(file, 'utf8').slice(0, 65_536),
  );
}

/** The one WSDL in the usual folders: which of several is the service's cannot be told, for some describe services that it calls. */
function findWsdl(folder: string): string | null {
  const found = wsdlFolders.flatMap((sub) => {
    const inside = path.join(folder, sub);
    if (!existsSync(inside) || !statSync(inside).isDirectory()) return [];
    return readdirSync(inside)
      .filter((name) => /\.wsdl$/i.test(name) && isOwnFile(folder, path.join(inside, name)))
      .map((name) => path.join(inside, name));
  });
  const services = found.filter((file) => /<(?:[\w.-]+:)?service\b/.test(readFileSync(file, 'utf8')));
  return services.length === 1 ? (services[0] ?? null) : found.length === 1 ? (found[0] ?? null) : null;
}
