/** Counters in the text format of Prometheus. */
export class Metrics {
  readonly #requests = new Map<string, { count: number; seconds: number; buckets: number[] }>();
  readonly #counters = new Map<string, number>();

  request(method: string, route: string, status: number, seconds: number): void {
    const labels = `method="${method}",route="${escaped(route)}",status="${status}"`;
    let seen = this.#requests.get(labels);
    if (seen === undefined) {
      seen = { count: 0, seconds: 0, buckets: limits.map(() => 0) };
      this.#requests.set(labels, seen);
    }
    seen.count += 1;
    seen.seconds += seconds;
    for (const [index, limit] of limits.entries())
      if (seconds <= limit) seen.buckets[index] = (seen.buckets[index] ?? 0) + 1;
  }

  count(name: string, by = 1): void {
    this.#counters.set(name, (this.#counters.get(name) ?? 0) + by);
  }

  /** @param gauges what is true at this moment, by name. */
  text(gauges: Readonly<Record<string, number>>): string {
    const lines = ['# TYPE assay_http_request_duration_seconds histogram'];
    for (const [labels, { count, seconds, buckets }] of this.#requests) {
      for (const [index, limit] of limits.entries())
        lines.push(`assay_http_request_duration_seconds_bucket{${labels},le="${limit}"} ${buckets[index] ?? 0}`);
      lines.push(
        `assay_http_request_duration_seconds_bucket{${labels},le="+Inf"} ${count}`,
        `assay_http_request_duration_seconds_sum{${labels}} ${seconds}`,
        `assay_http_request_duration_seconds_count{${labels}} ${count}`,
      );
    }
    for (const [name, value] of this.#counters) lines.push(`# TYPE ${name} counter`, `${name} ${value}`);
    for (const [name, value] of Object.entries(gauges)) lines.push(`# TYPE ${name} gauge`, `${name} ${value}`);
    return `${lines.join('\n')}\n`;
  }
}

/** Upper ends of the histogram's buckets. Seconds. */
const limits = [0.005, 0.025, 0.1, 0.5, 2.5, 10];

function escaped(label: string): string {
  return label.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
