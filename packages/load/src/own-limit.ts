import { cpus } from 'node:os';
import type { Histogram } from './histogram.ts';

/** What the run cost us, and how well we kept to the schedule. */
export interface OwnEffort {
  /** How late requests were written that did not have to wait for a connection: our own doing. Milliseconds. */
  readonly lateness: { readonly p50: number; readonly p99: number; readonly max: number };
  /** The share of the time in which our event loop ran late by more than a few milliseconds: nothing was sent or read then. */
  readonly stalledShare: number;
  /** CPU time of this process during the run, as a share of one core. */
  readonly cpuShare: number;
  /** CPU time of this process for each request that was sent, in microseconds. Other work of the process counts as well. */
  readonly cpuPerRequestUs: number;
  /** How much of all cores was in use, by anybody. */
  readonly machineShare: number;
  /** Why the figures say more about this machine than about the backend; null when they do not. */
  readonly limit: string | null;
}

interface Ticks {
  readonly busy: number;
  readonly all: number;
}

/** Later than this, and a share of the measured latency that matters, is not the backend's latency any more. Milliseconds. */
const tolerableMs = 5;

/** An event loop that is late by more than this stood still. Milliseconds. */
export const standstillMs = 10;
/** Waits for a connection hide our lateness, since connections are freed by reading. So standing still counts by itself. */
const mostStalled = 0.2;

/** Watches this process and the machine from its making to `end`. */
export class EffortWatch {
  readonly #cpu = process.cpuUsage();
  readonly #ticks = machineTicks();
  readonly #from = performance.now();

  end(lateness: Histogram, latency: Histogram, sent: number, stalledMs: number): OwnEffort {
    const { user, system } = process.cpuUsage(this.#cpu);
    const wallMs = performance.now() - this.#from;
    const now = machineTicks();
    const all = now.all - this.#ticks.all;
    const cpuShare = wallMs === 0 ? 0 : (user + system) / 1000 / wallMs;
    const machineShare = all === 0 ? 0 : (now.busy - this.#ticks.busy) / all;
    const late = {
      p50: zeroIfNone(lateness.percentile(0.5)),
      p99: zeroIfNone(lateness.percentile(0.99)),
      max: zeroIfNone(lateness.percentile(1)),
    };
    const stalledShare = wallMs === 0 ? 0 : stalledMs / wallMs;
    return {
      lateness: late,
      stalledShare,
      cpuShare,
      cpuPerRequestUs: sent === 0 ? 0 : (user + system) / sent,
      machineShare,
      limit: limitOf(
        late,
        zeroIfNone(latency.percentile(0.5)),
        zeroIfNone(latency.percentile(0.99)),
        cpuShare,
        machineShare,
        stalledShare,
      ),
    };
  }
}

/** Our own lateness is part of each latency twice, at the sending and at the reading. It must be small beside what is measured. */
function limitOf(
  late: OwnEffort['lateness'],
  p50: number,
  p99: number,
  cpuShare: number,
  machineShare: number,
  stalledShare: number,
): string | null {
  const median = late.p50 > tolerableMs && late.p50 > p50 / 4;
  const tail = late.p99 > 2 * tolerableMs && late.p99 > p99 / 2;
  const stalled = stalledShare > mostStalled;
  if (!median && !tail && !stalled) return null;
  const cause =
    cpuShare > 0.9
      ? `it used ${percent(cpuShare)} of a core itself`
      : machineShare > 0.95
        ? `all cores of the machine were busy (${percent(machineShare)})`
        : 'its process did not get to run in time';
  if (stalled && !median && !tail)
    return `the load generator stood still for ${percent(stalledShare)} of the time: ${cause}`;
  return `the load generator sent requests up to ${late.p99.toFixed(1)} ms after their time: ${cause}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function zeroIfNone(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}

function machineTicks(): Ticks {
  let busy = 0;
  let all = 0;
  for (const { times } of cpus()) {
    const used = times.user + times.nice + times.sys + times.irq;
    busy += used;
    all += used + times.idle;
  }
  return { busy, all };
}
