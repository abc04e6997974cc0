import { match } from './match.ts';

/** Something that can be chosen in the palette. */
export interface Command {
  readonly id: string;
  readonly label: string;
  /** Shown beside the label, and searched too. */
  readonly hint: string;
  readonly group: string;
  readonly run: () => void;
  readonly keys?: string;
}

export interface FoundCommand {
  readonly command: Command;
  /** Letters of the label to stress. */
  readonly letters: readonly number[];
}

export interface FoundGroup {
  readonly group: string;
  readonly found: readonly FoundCommand[];
}

const mostPerGroup = 8;

/** The commands that answer the query, the group with the best answer first; without a query those of `first` groups only, as given. */
export function search(query: string, commands: readonly Command[], first: readonly string[]): readonly FoundGroup[] {
  const asked = query.trim() !== '';
  const groups = new Map<string, (FoundCommand & { readonly score: number })[]>();
  for (const command of commands) {
    if (!asked && !first.includes(command.group)) continue;
    const label = match(query, command.label);
    const hint = label === null ? match(query, command.hint) : null;
    const score = label?.score ?? (hint === null ? null : hint.score * 0.5);
    if (score === null) continue;
    const list = groups.get(command.group) ?? [];
    list.push({ command, letters: label?.letters ?? [], score });
    groups.set(command.group, list);
  }
  const sorted = [...groups].map(([group, found]) => ({
    group,
    found: asked ? found.sort((a, b) => b.score - a.score) : found,
  }));
  if (asked) sorted.sort((a, b) => (b.found[0]?.score ?? 0) - (a.found[0]?.score ?? 0));
  return sorted.map(({ group, found }) => ({ group, found: found.slice(0, asked ? mostPerGroup : 12) }));
}
