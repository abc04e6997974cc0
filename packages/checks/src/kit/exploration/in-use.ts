import { type Exchange, type Operation, type ProbeContext, type RequestCase } from '@assay/contract';
import { isAccount } from '../setup/hidden-accounts.ts';
import { Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess } from '../words.ts';

/** How many kinds of things that refer to it are tried for one operation. */
const mostKinds = 3;

/** A deletion of something that another thing refers to. */
export interface DeletionInUse {
  /** The kind of thing that refers to it. */
  readonly by: string;
  readonly exchange: Exchange;
}

/**
 * Deletes things that others refer to. A backend may refuse that, or delete those too; either way it must have thought of it, since the database has.
 * Empty for an operation that deletes no kind of thing, or one that nothing can be made to refer to.
 */
export async function deletionsInUse(context: ProbeContext, operation: Operation): Promise<readonly DeletionInUse[]> {
  const { shape } = context;
  const resource = shape.resources.find(({ remove, create }) => remove === operation.id && create !== null);
  if (resource === undefined || isAccount(context, resource)) return [];
  const setup = new Setup(context);
  const refers = (create: string | null): boolean =>
    create !== null && setup.bindingsOf(create).some((binding) => binding.resource === resource.name);
  const referring = shape.resources.filter(({ name, create }) => name !== resource.name && refers(create));
  const found: DeletionInUse[] = [];
  for (const { name } of referring.slice(0, mostKinds)) {
    if (context.signal.aborted) break;
    try {
      // What is made next is bound to the newest of its kind.
      const made = await setup.makeExemplary(resource.name);
      const requests: RequestCase[] = [];
      await setup.make(name, (request) => {
        requests.push(request);
        return request;
      });
      if (!mentions(requests.at(-1), made.id)) continue;
      const request = await setup.request(operation.id, { [`path:${resource.idParameter ?? 'id'}`]: made.id });
      const exchange = await setup.instance.send(request);
      found.push({ by: name, exchange });
      if (isSuccess(exchange)) setup.forgetAll();
      else setup.forget(made);
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  }
  return found;
}

/** Whether the id stands in the path, the query or the body. */
function mentions(request: RequestCase | undefined, id: unknown): boolean {
  if (request === undefined) return false;
  const { path, query, body } = request;
  return [path, query, body?.value].some((part) => holds(part, String(id)));
}

function holds(value: unknown, id: string): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some((inside) => holds(inside, id));
  return (typeof value === 'string' || typeof value === 'number') && String(value) === id;
}
