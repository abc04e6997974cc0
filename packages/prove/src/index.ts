export {
  challengesFolder,
  listChallenges,
  listStacks,
  loadChallenge,
  loadMutants,
  readChallengeContract,
} from './challenge.ts';
export { applyPatchFile } from './patch.ts';
export { readChallengeBrief, writeSample, writeStarter } from './challenge-files.ts';
export type { Corrections } from './corrections.ts';
export { foldReport, ReportFold } from './fold.ts';
export { exchangesNamedBy, RecordingFold } from './recording-fold.ts';
export { checkToReplay, launchChecks } from './launch-checks.ts';
export { nearest, planChecks } from './plan.ts';
export { prove, type RunOptions } from './run.ts';
export { getReport, listRuns, readEvents, readEvidence, readRecording } from './store.ts';
export { type PageData, runPage } from './page/run-page.ts';
export { detailsOf, type ExchangeDetail, type ExchangeSummary, summaryOf } from './page/exchange-summary.ts';
export { PlotsFold, readPlots } from './plots/read-plots.ts';
export type {
  GrowthSeries,
  LatencySeries,
  MemoryPoint,
  Plots,
  PowerFit,
  StatementsOfOperation,
  TimelinePoint,
} from './plots/plots.ts';
export { rejudge } from './rejudge.ts';
export { type MutantResult, type ReferenceResult, type Verification, type VerifyProgress, verify } from './verify.ts';
export { unbegunRun } from './unbegun.ts';
export { findSubject } from './subject.ts';
export { folderChanged, folderState } from './watch.ts';
export { judgementOf, openPracticePorts, type PortOptions, questionsFolder } from './practice-ports.ts';
export { inspectToolchains, openHome } from '@assay/engine';
