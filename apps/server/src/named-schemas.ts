import { backendSchema } from './features/backends/schemas.ts';
import { challengeDetailSchema, challengeSchema } from './features/challenges/schemas.ts';
import { checkPageSchema, checkSchema } from './features/checks/routes.ts';
import { practiceProgressSchema } from './features/practice/figures.ts';
import {
  attemptSchema,
  interviewSchema,
  interviewSummarySchema,
  questionFactsSchema,
} from './features/practice/schemas.ts';
import { todaySchema } from './features/practice/today.ts';
import { replaySchema } from './features/replays/queries.ts';
import { comparisonSchema } from './features/runs/compare.ts';
import { exchangeDetailSchema, exchangeSummarySchema, plotsSchema } from './features/runs/record-schemas.ts';
import { reportSchema, runSchema } from './features/runs/schemas.ts';
import { settingsSchema } from './features/settings/queries.ts';
import { skillViewSchema } from './features/skills/routes.ts';
import { problemSchema } from './schemas.ts';

/** What the document describes under a name of its own. */
export const namedSchemas = [
  problemSchema,
  challengeSchema,
  challengeDetailSchema,
  checkSchema,
  checkPageSchema,
  backendSchema,
  runSchema,
  reportSchema,
  exchangeSummarySchema,
  exchangeDetailSchema,
  plotsSchema,
  comparisonSchema,
  replaySchema,
  skillViewSchema,
  settingsSchema,
  questionFactsSchema,
  attemptSchema,
  interviewSummarySchema,
  interviewSchema,
  todaySchema,
  practiceProgressSchema,
];
