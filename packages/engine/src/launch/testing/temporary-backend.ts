import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BuiltBackend, DetectedBackend } from '../../backend.ts';

export interface TemporaryBackend {
  readonly built: BuiltBackend;
  /** Holds the backend's folder, and anything else a test puts beside it. */
  readonly root: string;
  remove(): void;
}

/** A built backend out of the given files, in a folder of its own. Its start command defaults to `node server.js`. */
export function temporaryBackend(
  files: Readonly<Record<string, string>>,
  detected: Partial<DetectedBackend> = {},
): TemporaryBackend {
  const root = mkdtempSync(join(tmpdir(), 'assay-launch-'));
  const folder = join(root, 'built');
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  mkdirSync(folder, { recursive: true });
  return {
    root,
    built: {
      folder,
      environment: { PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` },
      dependencies: null,
      durationMs: 0,
      cached: true,
      detected: {
        folder,
        stack: { language: 'JavaScript', framework: null, runtime: null },
        evidence: 'test',
        install: [],
        lockFiles: [],
        dependencyFolders: ['node_modules'],
        compile: [],
        start: 'node server.js',
        release: null,
        environment: {},
        database: 'none',
        toolchain: ['node'],
        sourceHash: '',
        settings: { challenge: null, contract: null, identities: null },
        ...detected,
      },
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
