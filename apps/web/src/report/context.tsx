import { createContext, type ReactNode, useContext } from 'react';
import type { ReportSource } from './source.ts';

/** What the parts of a report share: where it comes from, and where its links lead. */
export interface ReportContext {
  readonly source: ReportSource;
  /** Where the page of a check is; null: there is none here, its name stays plain. */
  readonly checkHref: (check: string) => string | null;
  /** Shows an exchange among all of them. */
  readonly openExchange: (id: string) => void;
  readonly openFinding: (id: string) => void;
}

const Context = createContext<ReportContext | null>(null);

export function ReportProvider({ value, children }: { readonly value: ReportContext; readonly children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

export function useReport(): ReportContext {
  const value = useContext(Context);
  if (value === null) throw new Error('this is shown inside of a report only');
  return value;
}
