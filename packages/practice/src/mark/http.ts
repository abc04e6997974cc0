import { isJsonObject, type Json } from '@assay/contract';
import { responseText, send, type SmallResponse } from '../http/exchange.ts';
import { readRequests } from '../http/request-text.ts';
import { type LiveService, startService } from '../http/service.ts';
import type { QuestionOf } from '../question/question.ts';
import type { Goal, Service } from '../question/service.ts';
import { asText } from './answer.ts';
import { type Answer, failed, type Mark, passed } from './mark.ts';
import { type Marker, nothing, same } from './marker.ts';

export async function markHttp(question: QuestionOf<'http'>): Promise<Marker> {
  const { service, show, goal, key } = question.http;
  const exchanges: string[] = [];
  for (const text of show) exchanges.push(await exchangeText(service, text));
  return {
    shown: { form: 'request', exchanges, requests: goal.requests },
    mark: (answer) => judge(service, goal, answer),
    key: () => Promise.resolve(key),
    asGiven: same,
    close: nothing,
  };
}

/** A request as it is written, and what the service answers to it when it has just been started. */
async function exchangeText(service: Service, text: string): Promise<string> {
  const responses = await ask(service, text, 10, () => null);
  return `${text.trim()}\n\n${'said' in responses ? responses.said : responses.responses.map(responseText).join('\n\n')}`;
}

interface Asked {
  readonly responses: readonly SmallResponse[];
  readonly difference: string | null;
}

/** Sends the requests to a service of their own. */
export async function ask(
  service: Service,
  text: string,
  most: number,
  look: (live: LiveService, last: SmallResponse) => string | null,
): Promise<Asked | { readonly said: string }> {
  const requests = readRequests(text);
  if ('said' in requests) return requests;
  if (requests.length > most)
    return {
      said:
        most === 1
          ? 'One request is asked for.'
          : `At most ${most} requests are asked for; these are ${requests.length}.`,
    };
  const live = await startService(service);
  try {
    const responses: SmallResponse[] = [];
    for (const request of requests) responses.push(await send(live.port, request));
    const last = responses.at(-1);
    return { responses, difference: last === undefined ? 'Nothing was sent.' : look(live, last) };
  } catch (error) {
    return { said: `The request could not be sent: ${error instanceof Error ? error.message : String(error)}.` };
  } finally {
    await live.close();
  }
}

async function judge(service: Service, goal: Goal, answer: Answer): Promise<Mark> {
  const read = asText(answer);
  if ('said' in read) return failed(read.said);
  const asked = await ask(service, read.text, goal.requests, (live, last) => differenceOf(goal, live, last));
  if ('said' in asked) return failed(asked.said);
  const last = asked.responses.at(-1);
  const answered = last === undefined ? '' : `The service answered ${last.status} ${last.reason}.`;
  return asked.difference === null ? passed(answered) : failed(`${answered} ${asked.difference}${explained(last)}`);
}

/** What the service itself said against it. */
function explained(response: SmallResponse | undefined): string {
  if (response === undefined || response.status < 400) return '';
  const detail = /"detail":"([^"]*)"/.exec(response.body)?.[1];
  return detail === undefined ? '' : ` It said: ${detail}`;
}

function differenceOf(goal: Goal, live: LiveService, last: SmallResponse): string | null {
  if (goal.status !== null && last.status !== goal.status) return `${goal.status} was to come.`;
  for (const [name, value] of Object.entries(goal.headers))
    if (last.headers[name.toLowerCase()] !== value)
      return `The field ${name} was to be ${value}; it is ${last.headers[name.toLowerCase()] ?? 'not there'}.`;
  if (goal.body !== null && !holds(parsed(last.body), goal.body)) return 'The body is not what was asked for.';
  for (const [address, { is }] of Object.entries(goal.state)) {
    const now = live.stateAt(address);
    if (now === undefined) return `There is nothing at ${address} now.`;
    if (!holds(now, is)) return `Now ${address} is ${JSON.stringify(now)}.`;
  }
  const still = goal.absent.find((address) => live.stateAt(address) !== undefined);
  return still === undefined ? null : `${still} is still there.`;
}

function parsed(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return value as Json;
  } catch {
    return text;
  }
}

/** Whether every member that is wanted is there; lists must be alike in length and order. A text of digits is its number. */
function holds(actual: Json | undefined, wanted: Json): boolean {
  if (actual === undefined) return false;
  if (Array.isArray(wanted)) {
    const list: readonly Json[] = wanted;
    return (
      Array.isArray(actual) &&
      actual.length === list.length &&
      list.every((each, index) => holds((actual as readonly Json[])[index], each))
    );
  }
  if (isJsonObject(wanted))
    return (
      isJsonObject(actual) &&
      Object.entries(wanted).every(([name, value]) =>
        holds(Object.hasOwn(actual, name) ? actual[name] : undefined, value),
      )
    );
  return actual === wanted || (typeof wanted === 'string' && typeof actual === 'number' && String(actual) === wanted);
}
