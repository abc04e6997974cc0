/** A database that a backend may use as its own. */
export interface Database {
  readonly name: string;
  /** Owns the database and is no superuser; may CREATE EXTENSION of those that PostgreSQL trusts. */
  readonly user: string;
  readonly password: string;
  /** `postgresql://user:password@host:port/name`, with the address of what stands in front of the server (the wire proxy). */
  url(host: string, port: number): string;
  /** Drops it with whoever is still connected. Once is enough, twice does no harm. */
  drop(): Promise<void>;
}

/** A database as a release step left it, to be cloned any number of times. */
export interface DatabaseTemplate {
  readonly name: string;
  /** What is in it belongs to this role, and so do its clones. */
  readonly user: string;
  readonly password: string;
}

export function databaseUrl(
  part: { readonly name: string; readonly user: string; readonly password: string },
  host: string,
  port: number,
): string {
  const where = host.includes(':') ? `[${host}]` : host;
  return `postgresql://${encodeURIComponent(part.user)}:${encodeURIComponent(part.password)}@${where}:${port}/${encodeURIComponent(part.name)}`;
}
