import type { Scenario } from '@assay/contract';
import { oneOrderTwoFaces, ordersKeepTheirPrices, placedAtIsAMoment } from './scenarios/one-order-two-faces.ts';
import { notesAreTakenAway, sameMistakeSameRefusal } from './scenarios/same-mistake.ts';
import { allLinesOrNone, cancelledOnce, stockNeverBelowZero } from './scenarios/stock-is-shared.ts';

export const scenarios: readonly Scenario[] = [
  oneOrderTwoFaces,
  placedAtIsAMoment,
  ordersKeepTheirPrices,
  sameMistakeSameRefusal,
  notesAreTakenAway,
  stockNeverBelowZero,
  allLinesOrNone,
  cancelledOnce,
];
