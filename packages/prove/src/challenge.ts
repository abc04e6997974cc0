import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type Challenge,
  type Contract,
  Fault,
  type HistorySource,
  joinContracts,
  type Mutant,
  readContractFile,
  type Scenario,
  skills,
} from '@assay/contract';
import { readChallengeSettings } from '@assay/engine';
import { isMap, LineCounter, parseDocument } from 'yaml';
import { nearest } from './plan.ts';

/** The challenges that come with Assay. */
export const challengesFolder = path.resolve(import.meta.dirname, '../../../challenges');

/** Those that are ready: one without starters is being written, and is found by its name alone. */
export function listChallenges(): readonly string[] {
  if (!existsSync(challengesFolder)) return [];
  return readdirSync(challengesFolder)
    .filter((slug) =>
      ['challenge.yaml', 'starters'].every((name) => existsSync(path.join(challengesFolder, slug, name))),
    )
    .sort();
}

/** The stacks that a challenge has references (`backends`) or starters in. */
export function listStacks(challenge: Challenge, kind: 'backends' | 'starters'): readonly string[] {
  const folder = path.join(challenge.folder, kind);
  return existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort()
    : [];
}

/** A name of a challenge that is not one of those that come with Assay but the path of a folder. */
const pathLike = /[/\\]|^\.\.?$/;

/** Where a challenge lies that does not come with Assay: its name alone would find another one, or none. */
export function foreignFolder(challenge: Challenge | null): { readonly challengeFolder?: string } {
  if (challenge === null || challenge.folder === path.join(challengesFolder, challenge.slug)) return {};
  return { challengeFolder: challenge.folder };
}

/**
 * Loads one of the challenges that come with Assay, by a name that somebody else than the person at the command line gave, such as the judged
 * backend's own settings. A challenge brings code that Assay itself runs, outside of any sandbox: a path is refused.
 */
export async function loadNamedChallenge(name: string): Promise<Challenge> {
  if (!pathLike.test(name)) return loadChallenge(name);
  throw new Fault(
    'unknown-challenge',
    `${name} is a path, and not the name of a challenge. A challenge brings code that Assay itself runs, so only the command line may name its folder.`,
    `Where you trust it, give it there: \`assay check --challenge ${name}\`.`,
  );
}

/** Loads a challenge by its name, or by the path of its folder. Throws the faults unknown-challenge and bad-challenge. */
export async function loadChallenge(name: string): Promise<Challenge> {
  const folder = pathLike.test(name) ? path.resolve(name) : path.join(challengesFolder, name);
  if (!existsSync(path.join(folder, 'challenge.yaml'))) {
    const all = listChallenges();
    throw new Fault(
      'unknown-challenge',
      `There is no challenge ${name}. There are: ${all.join(', ')}.${nearest(name, all)}`,
    );
  }
  const described = readDescription(path.join(folder, 'challenge.yaml'));
  for (const file of [...described.contracts, described.brief]) {
    if (!existsSync(path.join(folder, file)))
      throw new Fault('bad-challenge', `${path.join(folder, file)} is named in challenge.yaml and does not exist.`);
  }
  return {
    ...described,
    slug: path.basename(folder),
    folder,
    scenarios: await loadScenarios(folder),
    histories: await loadHistories(folder),
  };
}

async function loadHistories(folder: string): Promise<readonly HistorySource[]> {
  const file = path.join(folder, 'histories.ts');
  if (!existsSync(file)) return [];
  const module: unknown = await import(pathToFileURL(file).href);
  const { histories } = module as { readonly histories?: readonly HistorySource[] };
  if (!Array.isArray(histories)) throw new Fault('bad-challenge', `${file} does not export a list named histories.`);
  return histories;
}

async function loadScenarios(folder: string): Promise<readonly Scenario[]> {
  const file = path.join(folder, 'scenarios.ts');
  if (!existsSync(file)) return [];
  const module: unknown = await import(pathToFileURL(file).href);
  const scenarios = (module as { readonly scenarios?: readonly Scenario[] }).scenarios;
  if (!Array.isArray(scenarios)) throw new Fault('bad-challenge', `${file} does not export a list named scenarios.`);
  return scenarios as readonly Scenario[];
}

type Description = Omit<Challenge, 'slug' | 'folder' | 'scenarios'>;

function readDescription(file: string): Description {
  const entry = readYaml(file);
  const text = (key: string): string => {
    const value = entry[key];
    if (typeof value !== 'string' || value.trim() === '')
      throw new Fault('bad-challenge', `${file}: ${key} must be a text.`);
    return value;
  };
  const level = entry['level'];
  if (typeof level !== 'number' || level < 1 || level > 5)
    throw new Fault('bad-challenge', `${file}: level must be a number from 1 to 5.`);
  const named = entry['skills'];
  const known = skills.filter((skill) => Array.isArray(named) && named.includes(skill));
  if (!Array.isArray(named) || known.length !== named.length) {
    throw new Fault('bad-challenge', `${file}: skills must be a list of ${skills.join(', ')}.`);
  }
  return {
    title: text('title'),
    summary: text('summary'),
    level,
    skills: known,
    contracts: contractsOf(file, entry['contract']),
    brief: text('brief'),
    ...readChallengeSettings(file),
  };
}

function contractsOf(file: string, value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = all.filter((each) => typeof each === 'string' && each.trim() !== '');
  if (texts.length === 0 || texts.length !== all.length)
    throw new Fault('bad-challenge', `${file}: contract must be the name of a file, or a list of such names.`);
  return texts.map(String);
}

/** What the challenge's backends are judged by: all of its contracts as one. */
export function readChallengeContract({ folder, contracts }: Challenge): Contract {
  return joinContracts(contracts.map((each) => readContractFile(path.join(folder, each))));
}

function readYaml(file: string): Readonly<Record<string, unknown>> {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    const at = lines.linePos(error.pos[0]);
    throw new Fault('bad-challenge', `${file}:${at.line}:${at.col}: ${error.message.split('\n')[0]}`);
  }
  if (!isMap(document.contents)) throw new Fault('bad-challenge', `${file} must hold keys and values.`);
  return document.toJS() as Readonly<Record<string, unknown>>;
}

/** The mutants of a challenge, as mutants.yaml lists them. Throws the fault bad-challenge for one without a patch or a story. */
export function loadMutants(challenge: Challenge): readonly (Mutant & { readonly patch: string })[] {
  const file = path.join(challenge.folder, 'mutants.yaml');
  if (!existsSync(file)) return [];
  const list = readYaml(file)['mutants'];
  if (!Array.isArray(list)) throw new Fault('bad-challenge', `${file} must hold a list named mutants.`);
  return list.map((row: unknown, index) => {
    const mutant = row as Partial<Mutant>;
    const patch = path.join(challenge.folder, 'mutants', String(mutant.stack), `${String(mutant.id)}.patch`);
    for (const key of ['id', 'stack', 'title', 'story', 'skill'] as const) {
      if (typeof mutant[key] !== 'string')
        throw new Fault('bad-challenge', `${file}: mutant ${index + 1} (${mutant.id ?? 'no id'}) has no ${key}.`);
    }
    if (!Array.isArray(mutant.caughtBy) || mutant.caughtBy.length === 0) {
      throw new Fault(
        'bad-challenge',
        `${file}: mutant ${String(mutant.id)} must name the checks that catch it under caughtBy.`,
      );
    }
    if (mutant.mayCatch !== undefined && !Array.isArray(mutant.mayCatch))
      throw new Fault('bad-challenge', `${file}: mayCatch of mutant ${String(mutant.id)} must be a list of checks.`);
    if (!existsSync(patch))
      throw new Fault('bad-challenge', `${file}: mutant ${String(mutant.id)} has no patch at ${patch}.`);
    return { ...(mutant as Mutant), patch };
  });
}
