import {
  bodyJson,
  bodyText,
  type Check,
  type Contract,
  type Exchange,
  findResponse,
  isLogin,
  type Json,
  type JsonObject,
  type Operation,
} from '@assay/contract';
import { carriesDeepList } from '../kit/requests/carries-deep-list.ts';
import { carriesHttpHeader } from '../kit/requests/carries-http-header.ts';
import { carriesUnknownFormat } from '../kit/requests/carries-unknown-format.ts';
import { type Explored, judgesExploration } from '../kit/exploration/judges-exploration.ts';
import { refusedAsThingsAre } from '../kit/exploration/refused-as-things-are.ts';
import { asksForStep } from '../kit/requests/asks-for-step.ts';
import { bodySchema } from '../kit/requests/body-schema.ts';
import { carriesBlank } from '../kit/requests/carries-blank.ts';
import { carriesNestedForm } from '../kit/requests/carries-nested-form.ts';
import { carriesOpaque } from '../kit/requests/carries-opaque.ts';
import { carriesProof, carriesWeakPassword } from '../kit/requests/carries-proof.ts';
import { carriesTimeOfDay } from '../kit/requests/carries-time-of-day.ts';
import { speaksFreely } from '../kit/requests/free-query-language.ts';
import { lacksUndescribed } from '../kit/requests/lacks-undescribed.ts';
import { namesHalfOfPair } from '../kit/requests/pairs-in-order.ts';
import { isAboutHeaders, lacksHeaders } from '../kit/soap/refusals.ts';
import { list, outcome, shorten } from '../kit/words.ts';

/** Statuses that refuse a request for its form. A conflict with what is stored (409, 412, 404 …) is no such refusal. */
const refusals: readonly number[] = [400, 405, 406, 411, 413, 414, 415, 422, 431, 501];

/**
 * A request that is valid by the contract is not refused for its form. Only requests for which everything they speak of could be made
 * first are judged: with generated ids, a 400 may be honest, as it is for a reset token that was made up.
 */
export const check: Check<Explored> = {
  id: 'contract/accepts-valid',
  claim: 'What the contract allows is accepted',
  skill: 'apis',
  severity: 'medium',
  names: { wfc: 'F207' },
  needs: [],
  instance: 'shared',
  ...judgesExploration(
    ({ intent, unbound, repeats, exchange }, operation, contract, probes) =>
      intent.kind === 'valid' &&
      !unbound &&
      !repeats &&
      hasForm(exchange) &&
      !carriesProof(exchange.request) &&
      !carriesWeakPassword(exchange.request) &&
      !carriesBlank(exchange.request) &&
      !carriesTimeOfDay(exchange.request) &&
      !carriesOpaque(exchange.request, operation) &&
      !carriesNestedForm(exchange.request, operation, contract) &&
      !carriesDeepList(exchange.request, operation) &&
      !carriesHttpHeader(exchange.request, operation, contract) &&
      !carriesUnknownFormat(exchange.request, operation, contract) &&
      !lacksUndescribed(exchange.request, operation, contract) &&
      !(exchange.request.method === 'GET' && speaksFreely(exchange.request, operation, contract)) &&
      !refusedAsThingsAre(exchange, probes) &&
      !lacksHeaders(operation, probes) &&
      isJudged(exchange),
    ({ exchange }, operation, contract) => {
      const status = exchange.response?.status;
      if (isLogin(operation, contract) || isAboutState(exchange, operation, contract)) return [];
      if (isAboutOthers(exchange, operation, contract)) return [];
      if (operation.soap !== null ? !isRefusedForForm(exchange, operation) : !isRefusal(status)) return [];
      const good = operation.responses
        .map((response) => response.status)
        .filter((documented) => documented.startsWith('2') || documented.startsWith('3'));
      return [
        {
          key: String(status),
          title: `${outcome(exchange)} although the request is valid by the contract${good.length > 0 ? `; it promises ${list(good, 'or')}` : ''}`,
          detail: `The contract is what clients rely on. A request that it allows and the backend refuses is a client that cannot work.${told(exchange)}`,
          fix: `Accept what the schema of ${operation.id} allows, or narrow the schema to what is accepted (lengths, ranges, patterns, required fields).`,
        },
      ];
    },
    { behindTheDoor: true },
  ),
};

/** Why the backend refused it, in its own words. */
function told({ response }: Exchange): string {
  const text = bodyText(response?.body).trim();
  return text === '' ? '' : ` It was told: ${shorten(text, 200)}`;
}

function isRefusal(status: number | undefined): boolean {
  return status !== undefined && refusals.includes(status);
}

/** A service that declares faults says with them what speaks against a request; one that blames the client without any refuses the message. */
function isRefusedForForm({ response }: Exchange, { soap }: Operation): boolean {
  const fault = response?.fault;
  return (
    fault !== undefined &&
    fault.blames === 'client' &&
    !fault.declared &&
    !isAboutHeaders(fault) &&
    (soap?.faults ?? []).length > 0
  );
}

/** A server error, and no answer at all, neither accept nor refuse: contract/no-server-error tells of them. */
function isJudged({ response }: Exchange): boolean {
  return (
    response !== undefined &&
    (response.status < 500 || response.fault !== undefined || refusals.includes(response.status))
  );
}

/**
 * A read that asks for nothing in particular, answered with a refusal that the contract names: `the basket is empty`. And one of a step that
 * its subject may not take from where it is: `shipped` for an order that was not paid.
 */
function isAboutState({ request, response }: Exchange, operation: Operation, contract: Contract): boolean {
  if (response === undefined || findResponse(operation, response.status) === undefined) return false;
  // What is not there yet is refused to everybody, and the contract says so.
  if (response.status === 501) return operation.responses.some(({ status }) => status === '501');
  if (request.method === 'GET')
    return (
      !request.target.includes('?') && operation.responses.some(({ status }) => status === String(response.status))
    );
  return [400, 422].includes(response.status) && asksForStep(request, operation, contract);
}

/** Of a pair such as `starts_at` and `ends_at` it names one: it has to fit the other, as that stands. */
function isAboutOthers({ request }: Exchange, operation: Operation, contract: Contract): boolean {
  const names = Object.keys((bodySchema(contract, operation)?.['properties'] ?? {}) as JsonObject);
  return namesHalfOfPair(bodyJson(request.body) as Json | undefined, names);
}

/** A write that says nothing but the ids of what exists cannot be refused for its form: what speaks against it is the state of things. */
function hasForm({ request }: Exchange): boolean {
  return request.body !== undefined || request.method === 'GET' || request.target.includes('?');
}
