import {
  type Check,
  type Contract,
  encodeRequest,
  type Exchange,
  type Operation,
  type ProbeContext,
  type Resource,
  responseHeaderOf,
  bodyText,
} from '@assay/contract';
import { applies, distinct, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { operationOf, plainCases } from '../kit/requests/cases.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, isSuccess, outcome } from '../kit/words.ts';

/** What was done to one thing, in this order; null where the contract does not speak of it. */
interface Trial {
  readonly resource: string;
  readonly read: Exchange;
  /** The same read once more: what differs between the two differs by itself, and no write or condition did it. */
  readonly again?: Exchange;
  /** GET with the entity tag just read. */
  readonly same: Exchange | null;
  /** GET with another one. */
  readonly other: Exchange | null;
  /** A write with an entity tag that the thing never had, and the thing after it. */
  readonly mismatch: { readonly operation: string; readonly write: Exchange; readonly after: Exchange } | null;
  /** A write with the current one, and the thing after it. */
  readonly match: { readonly operation: string; readonly write: Exchange; readonly after: Exchange } | null;
  /** The tag from before that write again: it must not match any more. */
  readonly stale: { readonly operation: string; readonly write: Exchange } | null;
}

const never = '"assay-never-a-tag"';

/** Entity tags do what RFC 9110, section 13, says, wherever the contract speaks of conditional requests. */
export const check: Check<{ readonly trials: readonly Trial[]; readonly trouble: string | null }> = {
  id: 'http/conditional-requests',
  claim: 'Conditional requests do as their conditions say',
  skill: 'apis',
  severity: 'medium',
  names: { cwe: 'CWE-362' },
  needs: [],
  instance: 'shared',
  over: 'http',
  applies: (contract, shape) =>
    shape.resources.some(
      (resource) =>
        resource.create !== null &&
        resource.read !== null &&
        (reads(contract, resource) || writes(contract, resource).length > 0),
    )
      ? applies
      : doesNotApply('the contract speaks of no conditional requests'),
  probe: async (context) => {
    const trials: Trial[] = [];
    let trouble: string | null = null;
    for (const resource of context.shape.resources) {
      if (resource.create === null || resource.read === null || context.signal.aborted) continue;
      if (!reads(context.contract, resource) && writes(context.contract, resource).length === 0) continue;
      try {
        trials.push(...(await tryConditions(context, resource)));
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        trouble = error.message;
      }
    }
    return { trials, trouble };
  },
  judge: ({ trials, trouble }) => {
    const tagged = trials.filter(({ read }) => tagOf(read) !== undefined);
    if (tagged.length === 0)
      return trouble === null ? notApplicable('no response carries an entity tag') : undecided(trouble);
    return judged(
      distinct(tagged.flatMap(complaints)),
      `${count(tagged.length, 'thing')} read and written under conditions`,
    );
  },
};

function documents({ responses }: Operation, status: string): boolean {
  return responses.some((response) => response.status === status);
}

function takesHeader({ parameters }: Operation, header: string): boolean {
  return parameters.some(({ name, in: place }) => place === 'header' && name.toLowerCase() === header);
}

function reads(contract: Contract, resource: Resource): boolean {
  if (resource.read === null) return false;
  const operation = operationOf(contract, resource.read);
  return takesHeader(operation, 'if-none-match') || documents(operation, '304');
}

function writes(contract: Contract, resource: Resource): readonly Operation[] {
  const shown = resource.read === null ? [] : [operationOf(contract, resource.read)];
  return [resource.patch, resource.replace]
    .flatMap((id) => (id === null ? [] : [operationOf(contract, id)]))
    .filter(
      (operation) =>
        takesHeader(operation, 'if-match') ||
        // 412 may be about a date, a version in the body or the state of things; frameworks tag every answer unasked.
        (documents(operation, '412') &&
          !takesHeader(operation, 'if-unmodified-since') &&
          [operation, ...shown].some(tagsAnswers)),
    );
}

function tagsAnswers({ responses }: Operation): boolean {
  return responses.some(({ headers }) => headers.some(({ name }) => name.toLowerCase() === 'etag'));
}

async function tryConditions(context: ProbeContext, resource: Resource): Promise<readonly Trial[]> {
  const setup = new Setup(context);
  const made = await setup.make(resource.name);
  const own = { [`path:${resource.idParameter ?? 'id'}`]: made.id };
  const get = await setup.request(resource.read ?? '', own);
  const bare = { ...get, headers: (get.headers ?? []).filter(([name]) => !/^if-/i.test(name)) };
  const read = (): Promise<Exchange> => context.backend.send(bare);
  const first = await read();
  const tag = tagOf(first);
  const trials: Trial[] = [];
  const condition = (value: string): Promise<Exchange> =>
    context.backend.send({ ...bare, headers: [...bare.headers, ['if-none-match', value]] });
  const judgesReads = tag !== undefined && reads(context.contract, resource);
  const base = {
    resource: resource.name,
    read: first,
    same: judgesReads ? await condition(tag) : null,
    other: judgesReads ? await condition(never) : null,
  };
  if (tag === undefined) return [{ ...base, mismatch: null, match: null, stale: null }];
  for (const operation of writes(context.contract, resource)) {
    const [next, another] = plainPair(context, operation);
    if (next === undefined || another === undefined) continue;
    const send = async (request: typeof next, value: string): Promise<Exchange> => {
      const spec = encodeRequest(operation, await setup.bind(operation, request, own));
      return context.backend.send({
        ...spec,
        headers: [...(spec.headers ?? []).filter(([name]) => !/^if-/i.test(name)), ['if-match', value]],
      });
    };
    const before = await read();
    const again = await read();
    const current = tagOf(before) ?? tag;
    const mismatch = { operation: operation.id, write: await send(next, never), after: await read() };
    const match = { operation: operation.id, write: await send(next, current), after: await read() };
    const stale = { operation: operation.id, write: await send(another, current) };
    trials.push({ ...base, read: before, again, mismatch, match, stale });
  }
  return trials.length > 0 ? trials : [{ ...base, mismatch: null, match: null, stale: null }];
}

function plainPair(context: ProbeContext, operation: Operation) {
  const cases = plainCases(context, operation);
  return [cases.next().value ?? undefined, cases.next().value ?? undefined] as const;
}

function tagOf(exchange: Exchange): string | undefined {
  return responseHeaderOf(exchange, 'etag');
}

function complaints({ resource, read, again = read, same, other, mismatch, match, stale }: Trial) {
  const isSteady = bodyText(again.response?.body) === bodyText(read.response?.body);
  const tell = (key: string, title: string, exchanges: readonly Exchange[], fix: string) => ({
    key: `${resource} ${key}`,
    title,
    detail:
      'An entity tag says which version a client has seen. With it a client saves a transfer (If-None-Match) and does not overwrite what somebody else wrote meanwhile (If-Match).',
    fix,
    evidence: exchanges.map((exchange) => ({ kind: 'exchange' as const, exchange })),
  });
  const findings = [];
  const compare =
    'Compute the tag from the stored version and compare it before answering; in SQL, put the version into the WHERE clause of the UPDATE.';
  // With another tag it shows another version: what counts its readers, or tells the time, is never the same.
  if (same !== null && isSuccess(same) && (tagOf(same) ?? tagOf(read)) === tagOf(read))
    findings.push(
      tell(
        'not modified',
        `${outcome(same)} although If-None-Match carries the current entity tag; expected 304`,
        [read, same],
        compare,
      ),
    );
  if (same?.response?.status === 304 && bodyText(same.response.body) !== '')
    findings.push(tell('body', `${outcome(same)} with a body`, [same], 'Send 304 without a body.'));
  if (other?.response?.status === 304)
    findings.push(
      tell(
        'always not modified',
        `${outcome(other)} although If-None-Match carries a tag that the thing never had`,
        [read, other],
        compare,
      ),
    );
  if (mismatch !== null) {
    const { write, after, operation } = mismatch;
    if (isSuccess(write))
      findings.push(
        tell(
          `${operation} mismatch`,
          `${outcome(write)} although If-Match carries a tag that the thing never had; expected 412`,
          [write],
          compare,
        ),
      );
    else if (isSteady && bodyText(after.response?.body) !== bodyText(read.response?.body) && isSuccess(after)) {
      findings.push(
        tell(
          `${operation} refused and done`,
          `${outcome(write)}, and changed the thing all the same`,
          [read, write, after],
          compare,
        ),
      );
    }
  }
  if (match !== null) {
    const { write, after, operation } = match;
    // If-Match compares strongly: a weak tag never matches (RFC 9110, section 13.1.1).
    const weak = tagOf(read)?.startsWith('W/') === true;
    if (write.response?.status === 412 && !weak && tagOf(again) === tagOf(read))
      findings.push(
        tell(
          `${operation} match`,
          `${outcome(write)} although If-Match carries the current entity tag`,
          [read, write],
          compare,
        ),
      );
    const changed =
      isSteady &&
      isSuccess(write) &&
      isSuccess(after) &&
      bodyText(after.response?.body) !== bodyText(read.response?.body);
    const tagChanged = tagOf(after) !== tagOf(read);
    if (changed && !tagChanged)
      findings.push(
        tell(
          `${operation} tag stays`,
          `${operation} changed the thing and its entity tag stayed the same`,
          [read, write, after],
          'Change the tag with every change of what GET shows.',
        ),
      );
    if (changed && tagChanged && stale !== null && isSuccess(stale.write)) {
      findings.push(
        tell(
          `${operation} stale`,
          `${outcome(stale.write)} although If-Match carries the tag from before the last change; expected 412`,
          [write, stale.write],
          compare,
        ),
      );
    }
  }
  return findings;
}
