import { type Static, Type } from 'typebox';
import { Fault } from '@assay/contract';
import { detect, readSettings } from '@assay/engine';
import { findSubject } from '@assay/prove';
import { exactly, nullable } from '../../schemas.ts';
import { openFolder } from '../folders/folder.ts';
import { faultSchema, stackSchema } from '../runs/schemas.ts';

export const detectionSchema = exactly({
  folder: Type.String(),
  stack: nullable(stackSchema),
  evidence: Type.String({ description: 'What gave it away' }),
  build: Type.Array(Type.String()),
  start: nullable(Type.String()),
  release: nullable(Type.String()),
  database: nullable(Type.Enum(['postgres', 'none'])),
  contracts: Type.Array(exactly({ path: Type.String(), title: Type.String(), operations: Type.Integer() })),
  settingsFile: Type.Boolean({ description: 'There is an assay.yaml' }),
  challenge: nullable(Type.String()),
  problems: Type.Array(faultSchema, { description: 'What must be corrected before it can be judged' }),
});

type Detection = Static<typeof detectionSchema>;

/** What a folder holds. What is wrong with it is told among the problems; only a folder that cannot be opened is refused. */
export async function detectBackend(given: string): Promise<Detection> {
  const folder = openFolder(given);
  const problems: Detection['problems'] = [];
  const attempt = async <T>(work: () => Promise<T> | T): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      problems.push({ code: error.code, message: error.message, fix: error.fix });
      return null;
    }
  };
  const settings = await attempt(() => readSettings(folder));
  const found = settings === null ? null : await attempt(() => detect(folder, settings));
  const subject =
    settings === null ? null : await attempt(() => findSubject({ folder, challenge: null, contract: null, settings }));
  const contract = subject?.contract ?? null;
  return {
    folder,
    stack: found?.stack ?? null,
    evidence: found?.evidence ?? '',
    build: [...(found?.install ?? []), ...(found?.compile ?? [])],
    start: found?.start ?? null,
    release: found?.release ?? null,
    database: found?.database ?? null,
    contracts:
      contract === null
        ? []
        : [{ path: contract.source, title: contract.title, operations: contract.operations.length }],
    settingsFile: settings !== null && settings.file !== null,
    challenge: subject?.challenge?.slug ?? null,
    problems,
  };
}
