export type ReportTab = 'findings' | 'checks' | 'plots' | 'exchanges';

/** Where in a report somebody is: one tab, and in two of them one thing. */
export interface ReportPlace {
  readonly tab: ReportTab;
  readonly finding: string | null;
  readonly exchange: string | null;
}

/** The place that a fragment of an address names: `#f-3`, `#e-12`, `#plots`. Anything else is the findings. */
export function placeOf(fragment: string): ReportPlace {
  const word = fragment.replace(/^#/, '');
  if (/^e-\d+$/.test(word)) return { tab: 'exchanges', finding: null, exchange: word };
  if (/^f-\d+$/.test(word)) return { tab: 'findings', finding: word, exchange: null };
  const tab = (['findings', 'checks', 'plots', 'exchanges'] as const).find((each) => each === word);
  return { tab: tab ?? 'findings', finding: null, exchange: null };
}

export function fragmentOf({ tab, finding, exchange }: ReportPlace): string {
  if (tab === 'exchanges' && exchange !== null) return `#${exchange}`;
  if (tab === 'findings' && finding !== null) return `#${finding}`;
  return `#${tab}`;
}
