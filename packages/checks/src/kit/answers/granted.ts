import { bodyJson, type Exchange, isJsonObject, type Json, type JsonObject } from '@assay/contract';
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

const flag = /^(code|status|(status|err(or)?|ret|result)_?code|errno|ret|success|result|ok)$/i;

/**
 * The same where an answer that granted the request is known, or null. Many projects put one class around every answer, with codes of their own (`{"code": 10001, "msg":
 * "not logged in", "data": null}`): what holds nothing else, and another code than the answer that holds something, grants nothing.
 */
export function isGrantedBeside(exchange: Exchange, granted: Exchange | null): boolean {
  if (!isGranted(exchange)) return false;
  const body = bodyJson(exchange.response?.body);
  const good = granted !== null && isGranted(granted) ? bodyJson(granted.response?.body) : undefined;
  if (!isJsonObject(body) || !holdsNothing(body)) return true;
  const flags = Object.entries(body).filter(([name]) => flag.test(name));
  if (flags.every(([name, value]) => isJsonObject(good) && good[name] === value)) return true;
  return (good === undefined || (isJsonObject(good) && holdsNothing(good))) && flags.every((one) => saysYes(one, body));
}

function holdsNothing(body: JsonObject): boolean {
  return Object.entries(body).every(
    ([name, value]) => isEmpty(value) || (typeof value !== 'object' && (isEnvelopeName(name) || flag.test(name))),
  );
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** What tells that something was done, and never that it was refused. */
const done =
  /^(ok|success|succeeded|done|finished|completed?|accepted|added|archived|cancell?ed|changed|cleared|created|deleted|destroyed|(en)?queued|inserted|processing|published|removed|restored|running|saved|scheduled|sent|started|stored|submitted|triggered|updated|uploaded)$/i;

/** What one does not need to know a project to understand; zero is good as a code, and bad as a success. A status of 1 is either, unless words say what was done. */
function saysYes([name, value]: readonly [string, Json], body: JsonObject): boolean {
  if (value === true || /^20\d$/.test(String(value)) || done.test(String(value))) return true;
  if (/^1$/.test(String(value)))
    return /^(success|ok)$/i.test(name) || [body['message'], body['msg']].some((words) => done.test(String(words)));
  return /^0+$/.test(String(value)) && /code$|^errno$|^ret$/i.test(name);
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
