export { type Bank, type BankQuestion, fresh, loadBank, readQuestion } from './bank/load.ts';
export type { EvidenceQuestion, RunRecord } from './evidence/evidence-question.ts';
export { evidenceOf, generators } from './evidence/generators.ts';
export { lintQuestion, type LintResult } from './lint/lint.ts';
export type { Answer, Mark, MarkedPoint, Shown, ShownTable } from './mark/mark.ts';
export { missingFor, openQuestion, type OpenQuestion } from './mark/open.ts';
export { Workbench } from './mark/workbench.ts';
export type { BackendJudgement, PracticePorts, ScratchDatabase } from './ports.ts';
export { type Area, areaIds, areas } from './question/areas.ts';
export { type Kind, kinds, type Question, runKinds } from './question/question.ts';
export { questionSchema } from './question/question-shape.ts';
export {
  calibrationOf,
  type Due,
  dueOf,
  type Figures,
  figuresOf,
  forecastOf,
  type Foreseen,
  retentionOf,
  type TopicFigures,
  topicsOf,
} from './progress/figures.ts';
export { clockRemark } from './progress/clock-remark.ts';
export { type Fitted, fitProgress, isFitted } from './progress/fit.ts';
export { localDay } from './progress/local-day.ts';
export { openProgress, type Progress, type Settings } from './progress/progress.ts';
export type { PracticeReview } from './progress/review-log.ts';
export { type GivenAnswer, reviewOf } from './progress/review-of.ts';
export { levelOf, newestAnswers } from './session/level.ts';
export { type Timed, within } from './session/within.ts';
export { expectedSeconds } from './session/expected-time.ts';
export { isAbout, type Picked, type PickOptions, pickSession } from './session/pick.ts';
export {
  type Ability,
  abilityFrom,
  type Answered,
  chanceOf,
  type Readiness,
  readinessFor,
} from './session/readiness.ts';
export { readApkg } from './exchange/apkg-read.ts';
export { type ApkgFormat, writeApkg } from './exchange/apkg-write.ts';
export { deckNotes } from './exchange/deck-notes.ts';
export { calendarOf } from './exchange/calendar.ts';
export { readCsv, writeCsv } from './exchange/csv.ts';
export type { ReadDeck } from './exchange/deck.ts';
export { takeOver } from './exchange/take-over.ts';
export {
  newTranscriptId,
  openTranscripts,
  type Transcript,
  transcriptId,
  type Transcripts,
} from './mock/transcripts.ts';
export {
  followUpsFor,
  judgeMock,
  mockMinutes,
  type MockPlan,
  type MockResult,
  nextMockQuestion,
  type RubricRow,
  type Turn,
} from './mock/interview.ts';
export { type Role, roleIds, roles } from './mock/roles.ts';
