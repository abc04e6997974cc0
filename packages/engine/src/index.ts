export {
  type BuiltBackend,
  type DetectedBackend,
  isLaunchFailure,
  type LaunchFailure,
  type OutputLine,
  type UsageTotals,
} from './backend.ts';
export { buildBackend } from './build-backend.ts';
export { detect } from './detect/detect.ts';
export { hashSources, listSources } from './detect/sources.ts';
export { type Engine, type EngineOptions, openEngine } from './engine.ts';
export { openDatabaseServer } from './database/open.ts';
export { openStore, type Store, type StoreAccess } from './database/store.ts';
export { inspectToolchains } from './doctor/inspect-toolchains.ts';
export { type Home, openHome } from './home/home.ts';
export { withLock } from './home/lock.ts';
export type { EngineInstance } from './instance.ts';
export type { EngineRecorder } from './recorder.ts';
export { readSettings } from './settings/read-settings.ts';
export { readChallengeSettings } from './settings/read-challenge-settings.ts';
