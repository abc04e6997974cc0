import { severities } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { planChecks } from './plan.ts';

describe('planChecks', () => {
  it('begins with the worst that can be found', () => {
    const others = planChecks(null, []).filter((check) => check.explores !== true);
    const ranks = others.map(({ severity }) => severities.indexOf(severity));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  });

  it('lets all that judge the exploration follow the first that does, since they cost nothing then', () => {
    const plan = planChecks(null, []);
    const places = plan.flatMap((check, place) => (check.explores === true ? [place] : []));
    expect(places.length).toBeGreaterThan(5);
    expect(places).toEqual(places.map((_, index) => (places[0] ?? 0) + index));
    const rank = (place: number): number => severities.indexOf(plan[place]?.severity ?? 'low');
    const [first = 0] = places;
    for (let before = 0; before < first; before += 1) expect(rank(before)).toBeLessThanOrEqual(rank(first));
  });

  it('keeps every check, and takes those that had failed before first', () => {
    const plan = planChecks(null, [], ['http/charset', 'contract/response-schema']);
    expect(new Set(plan.map(({ id }) => id))).toEqual(new Set(planChecks(null, []).map(({ id }) => id)));
    expect(plan[0]?.id).toBe('contract/response-schema');
    expect(plan.findIndex(({ id }) => id === 'http/charset')).toBeLessThan(
      plan.findIndex(({ explores }) => explores !== true) + 1,
    );
  });
});
