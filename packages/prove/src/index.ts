export { challengesFolder, listChallenges, listStacks, loadChallenge, loadMutants } from './challenge.ts';
export { foldReport, ReportFold } from './fold.ts';
export { nearest, planChecks } from './plan.ts';
export { prove, type RunOptions } from './run.ts';
export { getReport, listRuns, readEvents, readEvidence, readRecording } from './store.ts';
export { rejudge } from './rejudge.ts';
export { type MutantResult, type ReferenceResult, type Verification, type VerifyProgress, verify } from './verify.ts';
export { inspectToolchains, openHome } from '@assay/engine';
