/**
 * How likely at least this many of the pairs would go the same way if there were no difference: the one-sided sign test (a binomial tail with
 * probability 1/2). It asks nothing of how times are distributed.
 */
export function signTest(sameWay: number, pairs: number): number {
  let [tail, ways] = [0, 1];
  for (let misses = 0; misses <= pairs - sameWay; misses += 1) {
    tail += ways;
    ways = (ways * (pairs - misses)) / (misses + 1);
  }
  return tail / 2 ** pairs;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [upper = Number.NaN, lower = Number.NaN] = [sorted[middle], sorted[middle - 1]];
  return sorted.length % 2 === 1 ? upper : (lower + upper) / 2;
}
