import type { PracticePorts, ScratchDatabase } from '../ports.ts';

/** What an open question works with. A scratch database is made when first needed, and gone with the workbench.
 * Its answers share one role: each person has a workbench of their own. */
export class Workbench {
  readonly ports: PracticePorts;
  #database: Promise<ScratchDatabase> | null = null;

  constructor(ports: PracticePorts) {
    this.ports = ports;
  }

  database(): Promise<ScratchDatabase> {
    this.#database ??= this.ports.database();
    return this.#database;
  }

  async close(): Promise<void> {
    const database = this.#database;
    this.#database = null;
    await (await database?.catch(() => null))?.drop().catch(() => undefined);
  }
}
