import { readFileSync } from 'node:fs';
import path from 'node:path';

const manifest: unknown = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../package.json'), 'utf8'));

export const version: string =
  typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0';
