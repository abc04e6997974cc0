import { isJsonObject, type Json, type JsonObject, type ScenarioContext, type ScenarioResponse } from '@assay/contract';

/** Somebody who has signed up and in. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly token: string;
}

/** What challenge.yaml gives to every backend. */
export const given = {
  secret: '9f3c1e7ab2d84650c7f1a90b3e5d2846',
  adminEmail: 'admin@blog.example',
  adminPassword: 'keeps order since 2024',
} as const;

interface Options {
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a request as somebody; null: as nobody. */
export function ask(
  context: ScenarioContext,
  person: Person | null,
  method: string,
  target: string,
  { body, headers = {} }: Options = {},
): Promise<ScenarioResponse> {
  const type: Record<string, string> = method === 'PATCH' ? { 'content-type': 'application/merge-patch+json' } : {};
  const proof: Record<string, string> = person === null ? {} : { authorization: `Bearer ${person.token}` };
  const options = { headers: { ...type, ...proof, ...headers } };
  return context.request(method, target, body === undefined ? options : { ...options, body });
}

export async function newPerson(context: ScenarioContext, name = 'Somebody'): Promise<Person> {
  const email = `${context.random.unique('person')}@example.org`;
  const password = context.random.unique('a long enough password ');
  const created = await context.request('POST', '/users', { body: { email, password, name } });
  context.expect(created.status === 201, `POST /users answered ${created.status} to a valid user`);
  context.expect(isJsonObject(created.json), 'POST /users answered without a JSON object');
  return { id: String(created.json['id']), name, email, password, token: await logIn(context, email, password) };
}

export async function admin(context: ScenarioContext): Promise<Person> {
  const { adminEmail: email, adminPassword: password } = given;
  const token = await logIn(context, email, password);
  return { id: '', name: '', email, password, token };
}

async function logIn(context: ScenarioContext, email: string, password: string): Promise<string> {
  const { status, json } = await context.request('POST', '/sessions', { body: { email, password } });
  context.expect(status === 200, `POST /sessions answered ${status} to the right address and password`);
  context.expect(isJsonObject(json) && typeof json['token'] === 'string', 'POST /sessions answered without a token');
  return json['token'];
}

export async function write(context: ScenarioContext, author: Person, more: JsonObject = {}): Promise<JsonObject> {
  const body = { slug: context.random.unique('slug-').toLowerCase(), title: 'A title', text: 'Some text.', ...more };
  const { status, json } = await ask(context, author, 'POST', '/articles', { body });
  context.expect(status === 201, `POST /articles answered ${status} to a valid article`);
  context.expect(isJsonObject(json), 'POST /articles answered without a JSON object');
  return json;
}

export async function comment(context: ScenarioContext, by: Person, article: JsonObject): Promise<JsonObject> {
  const { status, json } = await ask(context, by, 'POST', `/articles/${String(article['id'])}/comments`, {
    body: { text: 'Well put.' },
  });
  context.expect(status === 201, `POST /articles/{articleId}/comments answered ${status} to a valid comment`);
  context.expect(isJsonObject(json), 'POST /articles/{articleId}/comments answered without a JSON object');
  return json;
}

export async function listed(
  context: ScenarioContext,
  person: Person | null,
  target: string,
): Promise<readonly JsonObject[]> {
  const { status, json } = await ask(context, person, 'GET', target);
  const path = target.split('?')[0] ?? target;
  context.expect(
    status === 200,
    `GET ${path.replaceAll(/[0-9a-f-]{36}/g, '{articleId}')} answered ${status} to valid parameters`,
  );
  context.expect(isJsonObject(json) && Array.isArray(json['items']), 'A list was answered without items');
  return json['items'].filter(isJsonObject);
}

/** States what a request must be answered with; `who` and `what` make the sentence. */
export async function expectStatus(
  context: ScenarioContext,
  expected: number,
  sentence: string,
  request: Promise<ScenarioResponse>,
): Promise<ScenarioResponse> {
  const response = await request;
  context.expect(response.status === expected, `${sentence} (answered ${response.status})`, {
    expected,
    actual: response.status,
  });
  return response;
}
