/** A path as a word for a POSIX shell, which shall still make the home folder of a `~` at its beginning. */
export function shellPath(path: string): string {
  if (/^[\w./~@%+=:,-]+$/.test(path)) return path;
  const home = path.startsWith('~/') ? '~/' : '';
  return `${home}'${path.slice(home.length).replaceAll("'", String.raw`'\''`)}'`;
}
