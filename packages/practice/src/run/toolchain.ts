import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Language } from '../question/predict.ts';

interface Toolchain {
  /** The interpreter's own path. */
  readonly command: string;
  /** Folders that it needs besides the system's. */
  readonly folders: readonly string[];
}

/** Where the language's interpreter is; null when this machine has none. The system's comes first: what stands in somebody's home may not be readable by all. */
export function findToolchain(
  language: Language,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Toolchain | null {
  if (language === 'node') {
    const command = realpathSync(process.execPath);
    return { command, folders: [path.dirname(path.dirname(command))] };
  }
  const name = { python: 'python3', php: 'php', java: 'java' }[language];
  for (const folder of ['/usr/bin', '/usr/local/bin', ...(env['PATH'] ?? '').split(path.delimiter)]) {
    const command = path.join(folder, name);
    // A shim asks for things that are not there in the sandbox.
    if (folder.includes('shims') || !existsSync(command)) continue;
    const real = realpathSync(command);
    return { command: real, folders: real.startsWith('/usr/') ? [] : [path.dirname(path.dirname(real))] };
  }
  return null;
}
