import { bodyText, headerOf, isJsonObject, type Json, type RecordedRequest } from '@assay/contract';

/** What only the backend can have given, or only one person knows: nothing that fits the schema is accepted but the one value. */
const proof =
  /(^|[-_])(token|otp|totp|captcha|signature)$|(verification|confirmation|activation|reset|recovery|invit(e|ation)|auth(entication|orization)?|security|sms|email)[-_]?(code|hash|key)$|^(current|old|previous)[-_]?(password|passwd|pass|pwd)$/i;

/** Whether a request says something that cannot be made up: a reset token, a code from a mail, the present password. */
export function carriesProof(request: RecordedRequest): boolean {
  const query = new URLSearchParams(request.target.split('?')[1] ?? '');
  return [...query.keys(), ...bodyMembers(request).map(([name]) => name)].some((name) =>
    proof.test(name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')),
  );
}

/** Whether a new password in it is one that many backends refuse for being easy to guess, which a schema has no words for. */
export function carriesWeakPassword(request: RecordedRequest): boolean {
  return bodyMembers(request).some(
    ([name, value]) =>
      /pass(word|wd|phrase)|pwd/i.test(name) &&
      typeof value === 'string' &&
      (value.length < 12 || ![/[a-z]/, /[A-Z]/, /\d/, /[^\w\s]/].every((kind) => kind.test(value))),
  );
}

type Member = readonly [name: string, value: Json];

function bodyMembers({ headers, body }: RecordedRequest): readonly Member[] {
  const text = bodyText(body);
  const type = headerOf(headers, 'content-type') ?? '';
  if (/^multipart\//i.test(type))
    return [...text.matchAll(/name="([^"]*)"[^]*?\r\n\r\n([^]*?)\r\n--/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]);
  if (/urlencoded/i.test(type)) return [...new URLSearchParams(text)];
  try {
    return membersIn(JSON.parse(text) as Json);
  } catch {
    return [];
  }
}

function membersIn(value: Json): readonly Member[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]): readonly Member[] =>
    isJsonObject(member) ? membersIn(member) : [[name, member]],
  );
}
