import type { Exchange, Json } from '@assay/contract';
import type { Made, Setup } from '../setup/setup.ts';

/** Reads a thing that was made, by its id, where it was made; null when the contract has no operation for it. */
export async function readBack(setup: Setup, made: Made): Promise<Exchange | null> {
  const resource = setup.resource(made.resource);
  setup.whereabouts.note(made);
  const own: Record<string, Json> = { [`path:${resource.idParameter ?? 'id'}`]: made.id };
  return resource.read === null ? null : setup.instance.send(await setup.request(resource.read, own));
}

/** What a fault is called that says that there is no such thing; `UnknownError` says something else. */
const absence = /not.?found|no.?such|unknown(?!.?(?:error|exception|failure|fault))|missing/i;

/** Whether a read says that there is no such thing. No answer, or an error, says nothing about it. */
export function isGone(read: Exchange | null): read is Exchange {
  const fault = read?.response?.fault;
  // SOAP has no status for it: a service that blames the client for asking, or names a fault of its own, has nothing to tell of the thing.
  if (fault !== undefined)
    return (
      fault.blames === 'client' ||
      (fault.blames === 'other' && absence.test(fault.code.split(':').at(-1) ?? '')) ||
      fault.details.some(({ local }) => absence.test(local))
    );
  return read?.response?.status === 404 || read?.response?.status === 410;
}
