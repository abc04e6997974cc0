import { launchBackend } from '../launch-backend.ts';

/* An Assay to be killed by a test: launches the backend that its argument describes, says so, and waits. */
const settings = JSON.parse(process.argv[2] ?? '{}') as Pick<
  Parameters<typeof launchBackend>[1],
  'sandbox' | 'scratch' | 'markers'
> & {
  readonly built: Parameters<typeof launchBackend>[0];
};
const outcome = await launchBackend(settings.built, { ...settings, database: null });
process.stdout.write(outcome.launched ? 'launched' : outcome.failure.message);
setInterval(() => {}, 60_000);
