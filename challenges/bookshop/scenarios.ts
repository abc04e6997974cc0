import type { Scenario } from '@assay/contract';
import { manyRowsAreCheap } from './scenarios/many-rows-are-cheap.ts';
import { orderScenarios } from './scenarios/orders.ts';
import { pageScenarios } from './scenarios/pages.ts';
import { searchScenarios } from './scenarios/searching.ts';
import { stockScenarios } from './scenarios/stock.ts';

export const scenarios: readonly Scenario[] = [
  ...searchScenarios,
  ...pageScenarios,
  ...orderScenarios,
  ...stockScenarios,
  manyRowsAreCheap,
];
