import {
  bodyText,
  encodeRequest,
  type Exchange,
  type Json,
  type ProbeContext,
  type RequestSpec,
  responseHeaderOf,
} from '@assay/contract';
import { isRateLimited } from '../answers/turned-away.ts';
import { withUniqueTexts } from '../requests/unique-texts.ts';
import { feed } from '../setup/feeding.ts';
import { type Setup, SetupFailed } from '../setup/setup.ts';
import { isRefusal, isSuccess } from '../words.ts';
import { canBeOthers, type Movement, newcomer, partiesOf, sentBy } from './movement.ts';
import type { Subject } from './twin-updates.ts';

/** How many somebody is tried to be let have. */
const most = 8;

/** Of whom or of what there is only one in all the requests: who sends them, or a thing that they name. All else is new in each. */
type Holder = { readonly by: 'person' } | { readonly by: 'thing'; readonly target: string; readonly resource: string };

/**
 * Two requests for two different things by one that may have a number of them and has all but one: six books at a time, five places in a team. How many it
 * is, is found by asking. No row is written twice, and no unique constraint stands between them.
 */
export async function quotaSubjects(
  context: ProbeContext,
  setup: Setup,
  movement: Movement,
): Promise<readonly Subject[]> {
  const { operation } = movement;
  const parties = partiesOf(context, operation);
  const holders: readonly Holder[] = [
    ...((await canBeOthers(context, setup)) ? [{ by: 'person' } as const] : []),
    ...parties.map((party) => ({ by: 'thing', ...party }) as const),
  ];
  const found: Subject[] = [];
  for (const holder of holders) {
    if (context.signal.aborted) break;
    const quota = await quotaOf(context, setup, movement, holder);
    if (quota === null) continue;
    found.push({
      operation: operation.id,
      kind: 'quota',
      what: `${holder.by === 'person' ? 'both by one who' : `both for one of the ${holder.resource} that`} may have ${quota} and has ${quota - 1}`,
      made: context.shape.resources.find(({ create }) => create === operation.id) ?? null,
      prepare: async () => {
        const next = await requestsOf(context, setup, movement, holder);
        for (let had = 1; had < quota; had += 1) {
          const exchange = await setup.instance.send(await next());
          if (!isSuccess(exchange)) throw new SetupFailed(`only ${had - 1} of ${quota} were accepted`, exchange);
        }
        return {
          first: await next(),
          second: await next(),
          look: async () => ({ facts: {}, reads: [] }),
        };
      },
    });
  }
  return found;
}

/** How many are accepted until one is refused, of which somebody else has one nevertheless. Null when it is one or none, or more than are tried. */
async function quotaOf(
  context: ProbeContext,
  setup: Setup,
  movement: Movement,
  holder: Holder,
): Promise<number | null> {
  const next = await requestsOf(context, setup, movement, holder);
  for (let had = 0; had <= most && !context.signal.aborted; had += 1) {
    const exchange = await setup.instance.send(await next());
    if (isSuccess(exchange)) continue;
    if (had < 2 || !isRefusal(exchange) || isForNow(exchange)) return null;
    const another = await requestsOf(context, setup, movement, holder);
    return isSuccess(await setup.instance.send(await another())) ? had : null;
  }
  return null;
}

/** How many in a time: by the time that two at once are sent it may have passed. */
function isForNow(exchange: Exchange): boolean {
  return (
    isRateLimited(exchange) ||
    responseHeaderOf(exchange, 'retry-after') !== undefined ||
    /too (fast|often|soon)|slow down|rate.?limit|(per|an?|each|every) (second|minute|hour|day)|(try|wait|come) \w* ?(again|later|before|until)/i.test(
      bodyText(exchange.response?.body),
    )
  );
}

/** Requests of a holder that is new. */
async function requestsOf(
  context: ProbeContext,
  setup: Setup,
  { operation, request, feeding }: Movement,
  holder: Holder,
): Promise<() => Promise<RequestSpec>> {
  const who = holder.by === 'person' ? await newcomer(context, setup) : null;
  const thing = holder.by === 'thing' ? await setup.makeFellow(holder.resource) : null;
  return async () => {
    const own: Record<string, Json> = {};
    for (const { target, resource } of partiesOf(context, operation)) {
      const isHolder = holder.by === 'thing' && holder.target === target;
      const { id } = (isHolder ? thing : null) ?? (await setup.makeFellow(resource));
      own[target] = id;
      if (feeding !== null) await feed(context, setup, feeding, [{ resource, id }]);
    }
    // A text that must be unique is another check's business.
    const bound = withUniqueTexts(context, operation, await setup.bind(operation, request, own), { likely: true });
    return sentBy(who, encodeRequest(operation, bound));
  };
}
