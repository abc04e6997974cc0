import { realpathSync } from 'node:fs';
import { findProgram } from '../detect/toolchain.ts';
import { inspectProgram, type ToolchainReport } from './inspect-program.ts';

/**
 * The Node.js that runs Assay, and JavaScript backends with it (`nodeFolder` stands in front of their PATH); and the one of the PATH, where that is
 * another: a backend whose files do not say JavaScript has its commands find that one.
 */
export async function inspectNode(path: string): Promise<readonly ToolchainReport[]> {
  const own: ToolchainReport = {
    id: 'node',
    neededFor: 'Assay itself, and JavaScript and TypeScript backends, which run on the same one',
    present: true,
    version: process.versions.node,
    path: process.execPath,
    problem: null,
    howToGet: { debian: 'npm ci', macos: 'npm ci' },
  };
  const onPath = findProgram('node', path);
  if (onPath === null || realpathSync(onPath) === realpathSync(process.execPath)) return [own];
  const other = await inspectProgram(
    'node-on-path',
    {
      neededFor: 'commands of backends in other languages that run `node`',
      programs: ['node'],
      version: ['--version'],
      demand: null,
      howToGet: { debian: 'apt-get install nodejs', macos: 'brew install node' },
    },
    path,
  );
  return [own, other];
}
