import { bank, type BankInput, type BankOutput, type Model } from '@assay/history';

/**
 * The shelf as a history sees it: each book is an account of copies that never goes below zero. A delivery is a deposit, an order moves copies
 * to a customer who keeps them, and is refused when they are not there.
 */
export const model: Model<unknown, BankInput, BankOutput> = bank();
