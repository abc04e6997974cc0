import { bank, type BankInput, type BankOutput, type Model } from '@assay/history';

/**
 * The ledger as a history sees it: accounts that begin empty and never go below zero (an overdraft limit of 0.00), deposits, transfers
 * that are refused when the money is not there, and balances. Amounts are whole cents.
 */
export const model: Model<unknown, BankInput, BankOutput> = bank();

/** Exact cents of an amount as the contract writes it: `12.34` is 1234. */
export function cents(amount: string): number {
  const [, sign = '', units = '0', hundredths = '00'] = /^(-?)(\d+)\.(\d{2})$/.exec(amount) ?? [];
  const value = Number(units) * 100 + Number(hundredths);
  return sign === '-' ? -value : value;
}
