import type { UsageSample } from '@assay/contract';
import type { UsageTotals } from '../backend.ts';

const maxSamples = 4_096;

/** What a backend used over time. Long runs keep every second sample, then every fourth …: memory stays bounded. */
export class UsageRecord {
  #samples: UsageSample[] = [];
  #every = 1;
  #skipped = 0;
  #cpuSeconds = 0;
  #peakRssBytes = 0;
  #last: { readonly at: number; readonly cpuSeconds: number } | null = null;

  /** @param at milliseconds since the start of the run @param cpuSeconds of all processes since the sandbox was made */
  add(at: number, cpuSeconds: number, rssBytes: number): UsageSample {
    // A process may end between two looks at it; the total never goes back.
    const total = Math.max(this.#cpuSeconds, cpuSeconds);
    const seconds = this.#last === null ? 0 : (at - this.#last.at) / 1_000;
    const cpu = this.#last === null || seconds <= 0 ? 0 : (total - this.#last.cpuSeconds) / seconds;
    const sample = { at, cpu, rssBytes };
    this.#last = { at, cpuSeconds: total };
    this.#cpuSeconds = total;
    this.#peakRssBytes = Math.max(this.#peakRssBytes, rssBytes);
    this.#keep(sample);
    return sample;
  }

  totals(): UsageTotals {
    return { cpuSeconds: this.#cpuSeconds, peakRssBytes: this.#peakRssBytes, samples: [...this.#samples] };
  }

  #keep(sample: UsageSample): void {
    this.#skipped += 1;
    if (this.#skipped < this.#every) return;
    this.#skipped = 0;
    this.#samples.push(sample);
    if (this.#samples.length < maxSamples) return;
    this.#samples = this.#samples.filter((_, index) => index % 2 === 1);
    this.#every *= 2;
  }
}
