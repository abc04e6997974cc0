import {
  type Exchange,
  type MessageValidator,
  type Operation,
  readEnvelope,
  type RequestSpec,
  xmlText,
} from '@assay/contract';
import type { Setup } from '../setup/setup.ts';
import { isAnswer } from './messages.ts';

interface Asked {
  readonly operation: Operation;
  /** The operation whose action was sent. */
  readonly other: Operation;
  /** The request with the action of its own operation, and what came. */
  readonly own: { readonly request: RequestSpec; readonly exchange: Exchange };
  /** The same with the action of the other. */
  readonly crossed: { readonly request: RequestSpec; readonly exchange: Exchange };
}

/**
 * Whether an answer has the name of what the body asks for, and the content of what the action names: the package `soap` of Node runs the one and
 * names its answer after the other. That is so when the schema allows the content under the other's name alone, and either it stays so (with its
 * own action the request is answered as before, and crossed once more as it was), or what was asked for is gone by it. That an answer is empty
 * proves nothing without the latter: it may be all that this service has to say to an action that it does not expect.
 */
export async function isAnswerOfAnother(setup: Setup, validator: MessageValidator, asked: Asked): Promise<boolean> {
  const { operation, own, crossed } = asked;
  if (validator.trouble(operation) !== null || !isValid(validator, operation, own.exchange)) return false;
  if (!holdsAnother(validator, asked, crossed.exchange)) return false;
  const again = await setup.instance.send(own.request);
  if (again.response?.fault !== undefined) return again.response.fault.blames !== 'server';
  if (isEmpty(crossed.exchange) || !isValid(validator, operation, again)) return false;
  return holdsAnother(validator, asked, await setup.instance.send(crossed.request));
}

function isValid(validator: MessageValidator, operation: Operation, exchange: Exchange): boolean {
  const text = wholeText(exchange);
  return text !== null && validator.violations(operation, text).length === 0;
}

function holdsAnother(validator: MessageValidator, { operation, other }: Asked, exchange: Exchange): boolean {
  const text = wholeText(exchange);
  const [mine, theirs] = [operation.soap?.output?.element, other.soap?.output?.element];
  if (text === null || mine === undefined || theirs === undefined || mine.namespace !== theirs.namespace) return false;
  if (validator.violations(operation, text).length === 0) return false;
  const renamed = text.replaceAll(/(<\/?(?:[\w.-]+:)?)([\w.-]+)(?=[\s/>])/g, (tag, start: string, name: string) =>
    name === mine.local ? `${start}${theirs.local}` : tag,
  );
  return renamed !== text && validator.violations(other, renamed).length === 0;
}

function isEmpty(exchange: Exchange): boolean {
  const envelope = readEnvelope(wholeText(exchange) ?? '');
  return envelope.kind !== 'answer' || envelope.element.children.every((child) => typeof child === 'string');
}

/** Null when there is none, or it was read only in part. */
function wholeText(exchange: Exchange): string | null {
  const { response } = exchange;
  return !isAnswer(exchange) || response === undefined || response.body.truncatedFrom !== undefined
    ? null
    : xmlText(response);
}
