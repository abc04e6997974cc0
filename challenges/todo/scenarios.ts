import type { Scenario } from '@assay/contract';
import { exactValues } from './scenarios/exact-values.ts';
import { filtersCombine } from './scenarios/filters-combine.ts';
import { noLostUpdate } from './scenarios/no-lost-update.ts';
import { nullIsNotAbsent } from './scenarios/null-is-not-absent.ts';
import { pagesAreStable } from './scenarios/pages-are-stable.ts';
import { searchIsLiteral } from './scenarios/search-is-literal.ts';
import { tagsInUse } from './scenarios/tags-in-use.ts';
import { tiesById } from './scenarios/ties-by-id.ts';
import { undatedLast } from './scenarios/undated-last.ts';

export const scenarios: readonly Scenario[] = [
  tiesById,
  undatedLast,
  filtersCombine,
  searchIsLiteral,
  pagesAreStable,
  nullIsNotAbsent,
  exactValues,
  tagsInUse,
  noLostUpdate,
];
