import type { Scenario } from '@assay/contract';
import { moneyScenarios } from './scenarios-money.ts';
import { requestScenarios } from './scenarios-requests.ts';
import { statementScenarios } from './scenarios-statements.ts';

export const scenarios: readonly Scenario[] = [...moneyScenarios, ...requestScenarios, ...statementScenarios];
