import { bank, type BankInput, type BankOutput, type Model } from '@assay/history';

/**
 * The warehouse as a history sees it: each product is an account whose balance is its stock, and an order moves what it orders to those that are
 * sold. It is refused when that much is not there.
 */
export const model: Model<unknown, BankInput, BankOutput> = bank();
