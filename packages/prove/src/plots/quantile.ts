/** The value below or at which a share of the ascending values lies (nearest rank); 0 of none. */
export function quantile(ascending: readonly number[], share: number): number {
  const rank = Math.ceil(share * ascending.length) - 1;
  return ascending[Math.min(ascending.length - 1, Math.max(0, rank))] ?? 0;
}
