/** The last part of a folder's path, as a person calls it. */
export function folderName(folder: string): string {
  return folder.split(/[/\\]/).findLast((part) => part !== '') ?? folder;
}

/** The path with the part before the last one or two left out, for where there is little room. */
export function shortFolder(folder: string): string {
  const parts = folder.split('/').filter((part) => part !== '');
  return parts.length <= 3 ? folder : `…/${parts.slice(-2).join('/')}`;
}

/** How long ago, in a few words: `just now`, `5 minutes ago`, `yesterday`. */
export function ago(iso: string, now: number): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1000);
  if (seconds > -45) return 'just now';
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const units = [
    ['minute', 60],
    ['hour', 3600],
    ['day', 86_400],
    ['month', 2_629_800],
    ['year', 31_557_600],
  ] as const;
  const [unit, length] = units.findLast(([, length]) => -seconds >= length * 0.95) ?? units[0];
  return format.format(Math.min(-1, Math.round(seconds / length)), unit);
}

/** A length of time as a person reads it: `840 ms`, `12.3 s`, `4 min 5 s`. */
export function lasting(ms: number): string {
  // As they are rounded: neither `1000 ms` nor `60.0 s`.
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** Bytes in the unit that leaves few digits. */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, count)) / 3)));
  return `${(count / 1000 ** power).toFixed(power === 0 || count / 1000 ** power >= 100 ? 0 : 1)} ${units[power] ?? 'B'}`;
}
