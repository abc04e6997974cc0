import { bodyText, headerOf, isJsonObject, type Json, type RecordedRequest } from '@assay/contract';

/** What only the backend can have given, or only one person knows: nothing that fits the schema is accepted but the one value. */
const proof =
  /(^|[-_])(token|otp|totp|captcha|signature)$|(verification|confirmation|activation|reset|recovery|invit(e|ation)|auth(entication|orization)?|security|sms|email)[-_]?(code|hash|key)$|^(current|old|previous)[-_]?(password|passwd|pass|pwd)$/i;

/** Whether a request says something that cannot be made up: a reset token, a code from a mail, the present password. */
export function carriesProof(request: RecordedRequest): boolean {
  const query = new URLSearchParams(request.target.split('?')[1] ?? '');
  return [...query.keys(), ...bodyNames(request)].some((name) =>
    proof.test(name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')),
  );
}

function bodyNames({ headers, body }: RecordedRequest): readonly string[] {
  const text = bodyText(body);
  if (/urlencoded/i.test(headerOf(headers, 'content-type') ?? '')) return [...new URLSearchParams(text).keys()];
  try {
    return namesIn(JSON.parse(text) as Json);
  } catch {
    return [];
  }
}

function namesIn(value: Json): readonly string[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => (isJsonObject(member) ? namesIn(member) : [name]));
}
