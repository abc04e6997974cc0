import type { YAMLMap } from 'yaml';
import { describe, type SettingsReader } from './settings-reader.ts';

/** The variables under `env`; none when nothing stands there. */
export function readEnvironment(reader: SettingsReader, top: YAMLMap): Readonly<Record<string, string>> {
  const node: unknown = top.get('env', true);
  if (reader.plain(node) === undefined || reader.plain(node) === null) return {};
  const map = reader.map(node, '`env`');
  const environment: Record<string, string> = {};
  for (const { key, value } of map?.items ?? []) {
    const name = String(reader.plain(key));
    const given = reader.plain(value);
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      reader.mistake(key, `\`${name}\` cannot name a variable: use letters, digits and underscores.`);
    } else if (typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean') {
      environment[name] = String(given);
    } else {
      reader.mistake(
        value ?? key,
        `\`${name}\` must be a text, a number, true or false; here stands ${describe(value)}.`,
      );
    }
  }
  return environment;
}
