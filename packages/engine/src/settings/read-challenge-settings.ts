import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { Fault, type IdentitySettings } from '@assay/contract';
import { readEnvironment } from './read-environment.ts';
import { readIdentities } from './read-identities.ts';
import { SettingsReader } from './settings-reader.ts';

/** What a challenge says of the backends that answer it: variables they are given, and who has an account with them. */
export interface ChallengeSettings {
  readonly env: Readonly<Record<string, string>>;
  readonly identities: IdentitySettings | null;
}

/** Reads `env` and `identities` of a `challenge.yaml`, written as in `assay.yaml`. Mistakes are the fault `bad-challenge`. */
export function readChallengeSettings(file: string): ChallengeSettings {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, prettyErrors: false });
  const reader = new SettingsReader(basename(file), lines, document);
  const top = reader.map(document.contents, 'The file');
  const settings =
    top === null
      ? { env: {}, identities: null }
      : { env: readEnvironment(reader, top), identities: readIdentities(reader, top) };
  if (reader.mistakes.length > 0) throw new Fault('bad-challenge', reader.mistakes.join('\n'));
  return settings;
}
