import {
  bodyJson,
  bodyText,
  type Check,
  type Exchange,
  type Instance,
  type Json,
  type ProbeContext,
  type RequestSpec,
  type Scenario,
  type ScenarioContext,
  type ScenarioResponse,
} from '@assay/contract';
import { applies, judged, undecided } from '../kit/judgement.ts';
import { meeting } from './meeting.ts';
import { CannotTell, type ObservedTables, observedTables } from './scenario-tables.ts';

interface ScenarioEvidence {
  readonly exchanges: readonly Exchange[];
  readonly broken: { readonly sentence: string; readonly expected?: Json; readonly actual?: Json } | null;
  /** Why it could not be told. */
  readonly untold?: string;
}

class Broken extends Error {
  readonly detail: { readonly expected?: Json; readonly actual?: Json };

  constructor(sentence: string, detail: { readonly expected?: Json; readonly actual?: Json }) {
    super(sentence);
    this.detail = detail;
  }
}

/** How many of the last exchanges a finding shows. */
const shown = 8;

/** A challenge's scenario as a check like any other: `scenario/<id>`. */
export function scenarioCheck(scenario: Scenario): Check<ScenarioEvidence> {
  return {
    id: `scenario/${scenario.id}`,
    claim: scenario.claim,
    skill: scenario.skill,
    severity: scenario.severity,
    names: {},
    needs: scenario.needs ?? [],
    instance: scenario.instance ?? 'shared',
    applies: () => applies,
    probe: async (context) => {
      const exchanges: Exchange[] = [];
      try {
        const tables = scenario.needs?.includes('wire') === true ? await observedTables(context) : null;
        await scenario.run(scenarioContext(context, context.backend, exchanges, tables));
        return { exchanges: exchanges.slice(-shown), broken: null };
      } catch (error) {
        if (error instanceof CannotTell)
          return { exchanges: exchanges.slice(-shown), broken: null, untold: error.message };
        if (error instanceof Broken)
          return { exchanges: exchanges.slice(-shown), broken: { sentence: error.message, ...error.detail } };
        throw error;
      }
    },
    judge: ({ exchanges, broken, untold }) => {
      if (untold !== undefined) return undecided(untold);
      return judged(
        broken === null
          ? []
          : [
              {
                key: broken.sentence.replaceAll(/\d+/g, 'N'),
                title: broken.sentence,
                detail: `${scenario.claim}.`,
                fix: scenario.fix,
                evidence: [
                  ...(broken.actual === undefined && broken.expected === undefined
                    ? []
                    : [
                        {
                          kind: 'value' as const,
                          label: 'compared',
                          expected: broken.expected ?? null,
                          actual: broken.actual ?? null,
                        },
                      ]),
                  ...exchanges.map((exchange) => ({ kind: 'exchange' as const, exchange })),
                ],
              },
            ],
        `${exchanges.length < shown ? exchanges.length : `more than ${shown - 1}`} exchanges went as the challenge asks`,
      );
    },
  };
}

function scenarioContext(
  context: ProbeContext,
  instance: Instance,
  exchanges: Exchange[],
  tables: ObservedTables | null,
): ScenarioContext {
  const send = async (request: RequestSpec): Promise<Exchange> => {
    context.signal.throwIfAborted();
    const exchange = await instance.send(request);
    exchanges.push(exchange);
    return exchange;
  };
  const observed = (): ObservedTables => {
    if (tables === null) throw new Error('the scenario does not say that it needs the wire');
    return tables;
  };
  return {
    random: context.random,
    send,
    atOnce: (requests) => meeting({ backend: instance, signal: context.signal }, requests),
    tables: {
      multiply: (rows) => observed().multiply(rows),
      reading: (target) =>
        observed().reading(target, (exchange) => {
          exchanges.push(exchange);
          return responseOf(exchange);
        }),
    },
    request: async (method, target, options) => {
      const json = options?.body === undefined ? undefined : JSON.stringify(options.body);
      const headers = {
        accept: 'application/json',
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...options?.headers,
      };
      const exchange = await send({
        method,
        target,
        headers: Object.entries(headers),
        ...(json === undefined ? {} : { body: json }),
      });
      if (exchange.response === undefined)
        throw new Broken(`${method} ${target} got no answer: ${exchange.error?.message ?? 'the connection ended'}`, {});
      return responseOf(exchange);
    },
    expect: (holds, sentence, detail) => {
      if (!holds) throw new Broken(sentence, detail ?? {});
    },
  };
}

function responseOf(exchange: Exchange): ScenarioResponse {
  const headers: Record<string, string> = {};
  for (const [name, value] of exchange.response?.headers ?? []) headers[name.toLowerCase()] ??= value;
  return {
    status: exchange.response?.status ?? 0,
    headers,
    json: bodyJson(exchange.response?.body) as Json | undefined,
    text: bodyText(exchange.response?.body),
  };
}
