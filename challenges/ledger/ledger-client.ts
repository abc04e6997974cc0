import { isJsonObject, type Json, type JsonObject, type ScenarioContext, type ScenarioResponse } from '@assay/contract';

export async function openAccount(
  context: ScenarioContext,
  options: { readonly name?: string; readonly overdraftLimit?: string } = {},
): Promise<string> {
  const response = await context.request('POST', '/accounts', {
    body: { name: context.random.unique('account'), currency: 'EUR', ...options },
  });
  expectStatus(context, response, 201, 'Opening an account');
  return textOf(response.json, 'id');
}

export function post(context: ScenarioContext, path: string, body: JsonObject, key: string): Promise<ScenarioResponse> {
  return context.request('POST', path, { body, headers: { 'Idempotency-Key': key } });
}

export async function deposit(context: ScenarioContext, accountId: string, amount: string): Promise<void> {
  expectStatus(
    context,
    await post(context, '/deposits', { accountId, amount }, context.random.unique('key')),
    201,
    `A deposit of ${amount}`,
  );
}

export function transfer(
  context: ScenarioContext,
  from: string,
  to: string,
  amount: string,
  key = context.random.unique('key'),
): Promise<ScenarioResponse> {
  return post(context, '/transfers', { fromAccountId: from, toAccountId: to, amount }, key);
}

export function patch(
  context: ScenarioContext,
  account: string,
  body: JsonObject,
  ifMatch?: string,
): Promise<ScenarioResponse> {
  const condition: Record<string, string> = ifMatch === undefined ? {} : { 'If-Match': ifMatch };
  return context.request('PATCH', `/accounts/${account}`, {
    body,
    headers: { 'content-type': 'application/merge-patch+json', ...condition },
  });
}

export async function balanceOf(context: ScenarioContext, account: string): Promise<string> {
  const response = await context.request('GET', `/accounts/${account}`);
  expectStatus(context, response, 200, 'Reading an account');
  return textOf(response.json, 'balance');
}

export async function expectBalance(
  context: ScenarioContext,
  account: string,
  expected: string,
  when: string,
): Promise<void> {
  const actual = await balanceOf(context, account);
  context.expect(actual === expected, `The balance ${when} is ${expected}`, { expected, actual });
}

/** All entries, newest first, asked for page by page; `between` happens once, after the first page. */
export async function wholeStatement(
  context: ScenarioContext,
  account: string,
  limit: number,
  between?: () => Promise<void>,
): Promise<readonly JsonObject[]> {
  const entries: JsonObject[] = [];
  let cursor: Json = null;
  for (let pages = 0; pages < 50; pages += 1) {
    const response = await context.request(
      'GET',
      `/accounts/${account}/entries?limit=${limit}${typeof cursor === 'string' ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    expectStatus(context, response, 200, 'A page of a statement');
    const page: JsonObject = isJsonObject(response.json) ? response.json : {};
    const items = page['items'];
    if (Array.isArray(items)) entries.push(...items.filter(isJsonObject));
    if (pages === 0) await between?.();
    cursor = page['next'] ?? null;
    if (cursor === null) break;
  }
  return entries;
}

export function counterpartyOf(entry: JsonObject): Json {
  const counterparty = entry['counterparty'] ?? null;
  return isJsonObject(counterparty)
    ? { id: counterparty['id'] ?? null, name: counterparty['name'] ?? null }
    : counterparty;
}

export function expectStatus(
  context: ScenarioContext,
  response: ScenarioResponse,
  expected: number,
  what: string,
): void {
  context.expect(response.status === expected, `${what} is answered ${expected}`, {
    expected,
    actual: response.status,
  });
}

export function expectSame(
  context: ScenarioContext,
  first: ScenarioResponse,
  again: ScenarioResponse,
  what: string,
): void {
  const alike = first.status === again.status && canonical(first.json ?? null) === canonical(again.json ?? null);
  context.expect(alike, `A repetition of ${what} is answered as the first time`, {
    expected: { status: first.status, body: first.json ?? first.text },
    actual: { status: again.status, body: again.json ?? again.text },
  });
}

/** JSON text with the members of every object in the order of their names. */
function canonical(value: Json): string {
  if (isJsonObject(value)) {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
  }
  return Array.isArray(value) ? `[${value.map(canonical).join(',')}]` : JSON.stringify(value);
}

export function textOf(value: Json | undefined, name: string): string {
  const member = isJsonObject(value) ? value[name] : undefined;
  return typeof member === 'string' ? member : '';
}

/** Whole cents of a decimal with two places; what is not one counts as nothing, and the comparison then fails. */
export function cents(decimal: string): bigint {
  return /^-?\d+\.\d\d$/.test(decimal) ? BigInt(decimal.replace('.', '')) : 0n;
}

export function formatCents(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
