import { describe, expect, it } from 'vitest';
import { UsageRecord } from './usage-record.ts';

describe('UsageRecord', () => {
  it('turns CPU time into a share of one core between samples', () => {
    const record = new UsageRecord();
    record.add(1_000, 0.5, 10);
    expect(record.add(1_500, 1, 30)).toEqual({ at: 1_500, cpu: 1, rssBytes: 30 });
    expect(record.add(2_000, 1.25, 20)).toEqual({ at: 2_000, cpu: 0.5, rssBytes: 20 });
    expect(record.totals()).toMatchObject({ cpuSeconds: 1.25, peakRssBytes: 30 });
  });

  it('never goes back', () => {
    const record = new UsageRecord();
    record.add(0, 2, 0);
    expect(record.add(100, 1.5, 0).cpu).toBe(0);
    expect(record.totals().cpuSeconds).toBe(2);
  });

  it('thins out what a long run leaves, from its start to its end', () => {
    const record = new UsageRecord();
    for (let at = 0; at < 100_000; at += 1) record.add(at, 0, 0);
    const { samples } = record.totals();
    expect(samples.length).toBeLessThan(4_096);
    expect(samples.length).toBeGreaterThan(1_000);
    expect(samples.at(0)?.at).toBeLessThan(100);
    expect(samples.at(-1)?.at).toBeGreaterThan(99_900);
  });
});
