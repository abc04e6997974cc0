import type { Scenario } from '@assay/contract';
import { articlesHaveOwners } from './scenarios/articles-have-owners.ts';
import { commentsAreModerated } from './scenarios/comments-are-moderated.ts';
import { draftsArePrivate } from './scenarios/drafts-are-private.ts';
import { feedsComeAsDrafts } from './scenarios/feeds-come-as-drafts.ts';
import { guessingDoesNotPay } from './scenarios/guessing-does-not-pay.ts';
import { namesArePresent } from './scenarios/names-are-present.ts';
import { oneAddressOneAccount } from './scenarios/one-address-one-account.ts';
import { rolesAreGiven } from './scenarios/roles-are-given.ts';
import { tokensExpire } from './scenarios/tokens-expire.ts';

export const scenarios: readonly Scenario[] = [
  draftsArePrivate,
  articlesHaveOwners,
  commentsAreModerated,
  rolesAreGiven,
  tokensExpire,
  guessingDoesNotPay,
  oneAddressOneAccount,
  namesArePresent,
  feedsComeAsDrafts,
];
