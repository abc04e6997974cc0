import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Fault } from '@assay/contract';

/** What the environment says. */
export interface Configuration {
  readonly port: number;
  readonly host: string;
  /** The server of somebody's own; undefined for the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Null: the one kept in the data folder. */
  readonly token: string | null;
  /** Where the pages are. */
  readonly pages: string;
  readonly version: string;
}

const loopback = ['127.0.0.1', 'localhost', '::1'];

/** Throws the fault `bad-usage`. */
export function readConfiguration(env: Readonly<Record<string, string | undefined>>): Configuration {
  const port = env['PORT'] === undefined || env['PORT'] === '' ? 4170 : Number(env['PORT']);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Fault(
      'bad-usage',
      `PORT must be a number from 0 to 65535, not ${env['PORT']}.`,
      'Set PORT, or leave it out.',
    );
  const host = env['HOST'] === undefined || env['HOST'] === '' ? '127.0.0.1' : env['HOST'];
  if (!loopback.includes(host))
    throw new Fault(
      'bad-usage',
      `HOST must be an address of this machine alone (${loopback.join(', ')}), not ${host}.`,
      'Assay runs code: it may not be reached from elsewhere.',
    );
  const token = env['ASSAY_TOKEN'] ?? '';
  if (token !== '' && !/^[\w.~-]{16,200}$/.test(token))
    throw new Fault(
      'bad-usage',
      'ASSAY_TOKEN must have 16 to 200 characters: letters, digits, ".", "_", "~" and "-".',
      'Leave it out, and Assay makes one.',
    );
  return {
    port,
    host,
    databaseUrl: env['DATABASE_URL'] === '' ? undefined : env['DATABASE_URL'],
    token: token === '' ? null : token,
    pages: env['ASSAY_PAGES'] ?? path.resolve(import.meta.dirname, '../../web/dist'),
    version: readVersion(),
  };
}

function readVersion(): string {
  const file = path.resolve(import.meta.dirname, '../package.json');
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0';
  } catch {
    return '0';
  }
}
