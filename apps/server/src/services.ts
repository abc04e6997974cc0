import type { Home } from '@assay/engine';
import type { Kysely } from 'kysely';
import type { Configuration } from './configuration.ts';
import type { Tables } from './database/tables.ts';
import type { Practice } from './features/practice/practice.ts';
import type { Metrics } from './metrics.ts';
import type { RunFeed } from './runner/run-feed.ts';

/** What routes work with. */
export interface Services {
  readonly configuration: Configuration;
  readonly home: Home;
  readonly db: Kysely<Tables>;
  readonly feed: RunFeed;
  readonly metrics: Metrics;
  readonly practice: Practice;
  readonly token: string;
}
