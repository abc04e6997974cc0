import { totalmem } from 'node:os';

/** Bytes that this process may use: in a container there may be less than the machine has. */
export const machineMemoryBytes = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
