import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { Fault } from '@assay/contract';
import { readEnvironment } from './read-environment.ts';
import { readIdentities } from './read-identities.ts';
import { noSettings, type Settings } from './settings.ts';
import { command, commands, oneOf, port, SettingsReader, text } from './settings-reader.ts';

const names = ['assay.yaml', 'assay.yml'];
const keys = ['challenge', 'contract', 'install', 'build', 'start', 'release', 'env', 'database', 'port', 'identities'];
const largestBytes = 256 * 1024;

/**
 * Reads the folder's `assay.yaml`; a folder without one has `noSettings`. Every mistake in it is named in one
 * Fault `bad-settings`, each as `file:line:column: what is expected`.
 */
export function readSettings(folder: string): Settings {
  const name = names.find((candidate) => isFile(join(folder, candidate)));
  if (name === undefined) return noSettings;
  const file = join(folder, name);
  const source = readSource(file, name);
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const reader = new SettingsReader(name, lines, document);
  for (const error of document.errors) {
    const at = lines.linePos(error.pos[0]);
    reader.mistakeAt(at.line, at.col, `this is not valid YAML: ${error.message}`);
  }
  refuse(reader);
  if (document.contents === null) return { ...noSettings, file };
  const settings = readTop(reader, document.contents, file);
  refuse(reader);
  return settings;
}

function readTop(reader: SettingsReader, contents: unknown, file: string): Settings {
  const top = reader.map(contents, 'The file');
  if (top === null) return noSettings;
  reader.onlyKeys(top, 'assay.yaml', keys);
  const challenge = reader.value(top, 'challenge', text);
  const contract = reader.value(top, 'contract', text);
  if (challenge !== null && contract !== null) {
    reader.mistake(
      top.get('contract', true),
      'give either `challenge` or `contract`, not both: a challenge brings its contract.',
    );
  }
  return {
    file,
    challenge,
    contract,
    install: reader.value(top, 'install', commands),
    build: reader.value(top, 'build', commands),
    start: reader.value(top, 'start', { ...text, expected: 'a command' }),
    release: reader.value(top, 'release', command),
    env: readEnvironment(reader, top),
    database: reader.value(top, 'database', oneOf('postgres', 'none')),
    port: reader.value(top, 'port', port),
    identities: readIdentities(reader, top),
  };
}

function refuse(reader: SettingsReader): void {
  if (reader.mistakes.length > 0) throw new Fault('bad-settings', reader.mistakes.join('\n'));
}

/** A folder that may not be entered has none; detection says what is wrong with it. */
function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
}

function readSource(file: string, name: string): string {
  try {
    const bytes = readFileSync(file);
    if (bytes.length > largestBytes)
      throw new Fault('bad-settings', `${name}:1:1: the file is larger than 256 KB; a settings file is a few lines.`);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof Fault) throw error;
    const why =
      error instanceof TypeError
        ? 'is not valid UTF-8'
        : `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    throw new Fault('bad-settings', `${name}:1:1: the file ${why}.`, undefined, { cause: error });
  }
}
