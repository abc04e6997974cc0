import { isJsonObject, type Json, type JsonObject, type ScenarioContext } from '@assay/contract';

// A scenario runs beside everything else that a run creates. So it marks its todos with a tag of its own and asks for that tag alone.

export async function create(context: ScenarioContext, todo: JsonObject): Promise<JsonObject> {
  const response = await context.request('POST', '/todos', { body: todo });
  context.expect(response.status === 201, `POST /todos answered ${response.status} to a valid todo`);
  context.expect(isJsonObject(response.json), 'POST /todos answered without a JSON object');
  return response.json;
}

export async function createAll(
  context: ScenarioContext,
  todos: readonly JsonObject[],
): Promise<readonly JsonObject[]> {
  const created: JsonObject[] = [];
  for (const todo of todos) created.push(await create(context, todo));
  return created;
}

export async function page(context: ScenarioContext, path: string, query: Readonly<Record<string, string>>) {
  const target = `${path}?${new URLSearchParams(query).toString()}`;
  const { status, json } = await context.request('GET', target);
  context.expect(status === 200, `GET ${path} answered ${status} to valid parameters`);
  context.expect(isJsonObject(json) && Array.isArray(json.items), `GET ${path} answered without items`);
  return { items: json.items.filter(isJsonObject), next: typeof json.next === 'string' ? json.next : null };
}

export async function allPages(context: ScenarioContext, path: string, query: Readonly<Record<string, string>>) {
  const items: JsonObject[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < 200; pages += 1) {
    const { items: more, next } = await page(context, path, cursor === null ? query : { ...query, cursor });
    items.push(...more);
    if (next === null) return items;
    cursor = next;
  }
  return items;
}

export async function patch(
  context: ScenarioContext,
  todo: JsonObject,
  body: JsonObject,
  more: Readonly<Record<string, string>> = {},
) {
  const headers = { 'content-type': 'application/merge-patch+json', ...more };
  return context.request('PATCH', `/todos/${String(todo.id)}`, { body, headers });
}

export function expectSame(context: ScenarioContext, actual: Json, expected: Json, sentence: string): void {
  context.expect(JSON.stringify(actual) === JSON.stringify(expected), sentence, { expected, actual });
}

export const titles = (todos: readonly JsonObject[]): Json => todos.map(({ title }) => title ?? null);
/** A todo without some of its properties and without its nulls: whether a null may be left out is for the contract to say. */
export const without = (todo: JsonObject, ...names: readonly string[]): JsonObject =>
  Object.fromEntries(
    Object.keys(todo)
      .filter((name) => !names.includes(name) && todo[name] !== null)
      .sort()
      .map((name) => [name, todo[name] ?? null]),
  );
