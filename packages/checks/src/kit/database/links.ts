import type { Binding, Json, Operation, ProbeContext } from '@assay/contract';
import { pinned } from '../requests/pin.ts';
import { type Made, type Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess } from '../words.ts';

/** So many of either kind are made for each operation that links two, and each is linked with each. */
const each = 4;

/**
 * Links things with each other where that is an operation of its own, `POST /items/{itemId}/tags/{tagId}`: the rows that it leaves are made by no creation. What is
 * refused may be so for any reason, and stays unlinked.
 */
export async function makeLinks(context: ProbeContext, setup: Setup): Promise<void> {
  for (const { operation, ends } of linking(context)) {
    if (context.signal.aborted) return;
    context.progress(operation.id);
    try {
      await linked(context, setup, operation, ends);
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  }
}

type Ends = readonly [Binding, Binding];

/** Operations that make no thing of their own, and name two kinds of things in their path. */
function linking({ contract, shape }: ProbeContext): readonly { readonly operation: Operation; readonly ends: Ends }[] {
  const known = new Set(
    shape.resources.flatMap(({ create, read, replace, patch, remove }) => [create, read, replace, patch, remove]),
  );
  return contract.operations.flatMap((operation) => {
    if (!['POST', 'PUT'].includes(operation.method) || known.has(operation.id)) return [];
    const [last, first] = (shape.bindings[operation.id] ?? [])
      .filter(({ target }) => target.startsWith('path:'))
      .toSorted((a, b) => placeIn(operation, a) - placeIn(operation, b))
      .toReversed();
    return first === undefined || last === undefined || first.resource === last.resource
      ? []
      : [{ operation, ends: [first, last] as const }];
  });
}

function placeIn({ path }: Operation, { target }: Binding): number {
  return path.indexOf(`{${target.slice('path:'.length)}}`);
}

async function linked(context: ProbeContext, setup: Setup, operation: Operation, [first, last]: Ends): Promise<void> {
  const isInside = above(setup, last.resource).some(({ resource }) => resource === first.resource);
  // Both stand in the same third one, as an item and a tag of one store.
  const home = isInside ? undefined : commonOf(above(setup, first.resource), above(setup, last.resource));
  const at = home === undefined ? null : (await setup.some(home.resource)).id;
  const make = async ({ resource }: Binding): Promise<readonly Made[]> => {
    const made: Made[] = [];
    const place = above(setup, resource).find((binding) => binding.resource === home?.resource)?.target;
    while (made.length < each)
      made.push(await setup.make(resource, (it) => (at === null || place === undefined ? it : pinned(it, place, at))));
    return made;
  };
  // What stands in the other one names it by where it was made.
  const [ones, others] = [isInside ? [] : await make(first), await make(last)];
  const pairs: Readonly<Record<string, Json>>[] = others.flatMap((other) =>
    isInside ? [{ [last.target]: other.id }] : ones.map((one) => ({ [first.target]: one.id, [last.target]: other.id })),
  );
  let refused = 0;
  for (const own of pairs) {
    if (context.signal.aborted || refused >= each) break;
    const exchange = await setup.instance.send(await setup.request(operation.id, own));
    refused = isSuccess(exchange) ? 0 : refused + 1;
  }
  // What was done to them, nobody knows: nothing else is to hang on them.
  for (const made of [...ones, ...others]) setup.forget(made);
}

/** What a thing is made in, or refers to, by the contract. */
function above(setup: Setup, resource: string): readonly Binding[] {
  const { create } = setup.resource(resource);
  return create === null ? [] : setup.bindingsOf(create);
}

function commonOf(some: readonly Binding[], others: readonly Binding[]): Binding | undefined {
  return some.find(({ resource }) => others.some((other) => other.resource === resource));
}
