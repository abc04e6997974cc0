import { bodyJson, type Exchange, isJsonObject, type JsonObject } from '@assay/contract';
import { isSuccess } from '../words.ts';

const codes = /^(code|status|status_?code|err_?code|errno)$/i;
const envelope = /^(errors?|messages?|msg|detail|details|reason|code|status|status_?code|success|ok|timestamp|path)$/i;

/** Whether a member by this name is what an answer says of itself, and not of any thing. */
export function isEnvelopeName(name: string): boolean {
  return envelope.test(name);
}

/** Whether somebody got what they asked for. Some backends answer 200 to everything, and say the refusal in the body. */
export function isGranted(exchange: Exchange): boolean {
  if (!isSuccess(exchange)) return false;
  const body = bodyJson(exchange.response?.body);
  return !isJsonObject(body) || !refuses(body);
}

function refuses(body: JsonObject): boolean {
  const { errors, success, ok } = body;
  if (Array.isArray(errors) && errors.length > 0) return true;
  if (success === false || ok === false) return true;
  const members = Object.entries(body);
  if (members.some(([name, value]) => codes.test(name) && /^40[13]$/.test(String(value)))) return true;
  // What holds nothing but an error and words about it; a thing that has an error in it holds more.
  const isBare = members.every(([name, value]) => value === null || isEnvelopeName(name));
  return isBare && (isTold(body['error']) || body['status'] === 'error' || body['status'] === 'fail');
}

function isTold(error: unknown): boolean {
  return error === true || (typeof error === 'string' && error !== '') || isJsonObject(error);
}
