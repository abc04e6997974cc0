import type { Contract, ListOperation, Operation, Resource, Schema } from '../vocabulary/operation.ts';
import { type Collection, findCollections } from './collections.ts';
import { findIdPointer, withWrapped } from './identity.ts';
import { findList, unsaidList } from './lists.ts';
import { isPlural, isSameNoun } from './nouns.ts';
import { segmentsOf } from './path-segments.ts';
import {
  definitionOf,
  type Definitions,
  jsonContent,
  propertiesOf,
  resolved,
  successes,
  successSchema,
} from './schema-view.ts';

/** A resource with what the search for bindings needs to know about it. */
export interface LocatedResource {
  readonly resource: Resource;
  /** Keys of the paths of its collections: the parameter that follows one takes its id. */
  readonly keys: ReadonlySet<string>;
  readonly noun: string;
  readonly depth: number;
}

interface Draft {
  readonly collection: Collection;
  readonly keys: Set<string>;
  create: Operation | null;
  readonly item: ItemOperations;
  readonly lists: ListOperation[];
  /** The definitions that its bodies are made of, and the properties of those written in place. */
  readonly definitions: Set<string>;
}

interface ItemOperations {
  readonly read: Operation | null;
  readonly replace: Operation | null;
  readonly patch: Operation | null;
  readonly remove: Operation | null;
  readonly parameter: string | null;
}

export function findResources(contract: Contract): readonly LocatedResource[] {
  const drafts = findCollections(contract).flatMap((collection) => draftOf(collection, contract) ?? []);
  const whole = joinShallow(drafts);
  for (const draft of whole) addListsBehind(draft, contract);
  return whole.map((draft) => ({
    resource: resourceOf(draft, whole, contract),
    keys: draft.keys,
    noun: draft.collection.name,
    depth: draft.collection.depth,
  }));
}

function draftOf(collection: Collection, contract: Contract): Draft | null {
  const item = itemOperations(collection);
  const lists: ListOperation[] = [];
  const definitions = new Set<string>();
  for (const operation of collection.onCollection) {
    const found = findList(operation, collection.name, contract);
    if (found === null) continue;
    lists.push(found.list);
    for (const name of namesOf(found.item, contract.definitions)) definitions.add(name);
  }
  const create = createOf(collection, item, lists.length > 0);
  for (const operation of [item.read, create, item.replace, item.patch]) {
    const answer = operation === null ? null : successSchema(operation);
    const schemas = answer === null ? [] : withWrapped(answer, collection.name, contract.definitions);
    for (const schema of schemas) for (const name of namesOf(schema, contract.definitions)) definitions.add(name);
  }
  if (lists.length === 0 && create !== null && isPlural(collection.name) && collection.onCollection.includes(create))
    lists.push(...collection.onCollection.flatMap((operation) => unsaidList(operation, contract) ?? []));
  const known = [create, item.read, item.replace, item.patch, item.remove].some((operation) => operation !== null);
  if (!known && lists.length === 0) return null;
  return { collection, keys: new Set(collection.keys), create, item, lists, definitions };
}

/** So many properties of the same names are no chance. */
const telling = 3;

/** What tells a schema from others: its definition, those that it is made of, and the names of its properties. */
function namesOf(schema: Schema, definitions: Definitions): readonly string[] {
  const object = resolved(schema, definitions);
  const parts = object !== null && Array.isArray(object.allOf) ? [schema, ...object.allOf] : [schema];
  const properties = [...propertiesOf(schema, definitions).keys()];
  return [
    ...parts.flatMap((part) => definitionOf(part, definitions) ?? []),
    ...(properties.length >= telling ? [`{${properties.toSorted().join()}}`] : []),
  ];
}

/** The parameter's name is the one that most operations use; an operation with another name for it is left out. */
function itemOperations({ onItem }: Collection): ItemOperations {
  const counts = new Map<string, number>();
  for (const { parameter } of onItem) counts.set(parameter, (counts.get(parameter) ?? 0) + 1);
  const parameter = [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null;
  const by = (method: string) =>
    onItem.find((entry) => entry.parameter === parameter && entry.operation.method === method)?.operation ?? null;
  const [replace, patch] = [by('PUT'), by('PATCH')];
  // Some APIs change a thing with POST on its own path.
  const changed = patch ?? (replace === null && by('POST')?.requestBody ? by('POST') : null);
  return { read: by('GET'), replace, patch: changed, remove: by('DELETE'), parameter };
}

/**
 * A POST on the collection creates when there is an item or a list to see it in, or when it says so with 201 on a plural noun: otherwise it
 * is as likely an action (`/login`, `/todos/{id}/complete`). A PUT on the item creates when it may answer 201: the client chooses the id.
 */
function createOf(
  { onCollection, behind, name }: Collection,
  item: ItemOperations,
  hasList: boolean,
): Operation | null {
  const post = onCollection.find(({ method }) => method === 'POST');
  if (
    post !== undefined &&
    (item.read !== null ||
      item.remove !== null ||
      item.replace !== null ||
      hasList ||
      (answersCreated(post) && isPlural(name)))
  )
    return post;
  const verbs = isPeople(name) ? /^(?:create|new|add|register|sign-?_?up)$/i : /^(?:create|new|add)$/i;
  const verb = behind.find(({ operation, word }) => operation.method === 'POST' && verbs.test(word));
  if (verb !== undefined) return verb.operation;
  return item.replace !== null && answersCreated(item.replace) ? item.replace : null;
}

function isPeople(name: string): boolean {
  return ['users', 'accounts', 'members', 'customers', 'people', 'players', 'authors'].some((noun) =>
    isSameNoun(noun, name),
  );
}

function answersCreated(operation: Operation): boolean {
  return successes(operation).some(
    ({ status, headers }) => status === '201' || headers.some(({ name }) => name.toLowerCase() === 'location'),
  );
}

/**
 * Shallow nesting: `/accounts/{accountId}/entries` lists and creates, `/entries/{id}` reads. They are one resource when they have a noun
 * and a schema in common and do not both have an item. What is only deleted there shows no schema: then the noun alone has to tell.
 */
function joinShallow(drafts: readonly Draft[]): readonly Draft[] {
  const joined = new Set<Draft>();
  for (const nested of drafts) {
    if (nested.item.parameter !== null) continue;
    const homes = drafts.filter(
      (other) =>
        other !== nested &&
        other.item.parameter !== null &&
        isSameNoun(other.collection.name, nested.collection.name) &&
        (sharesDefinition(other, nested) || isOnlyHomeOf(other, nested, drafts)),
    );
    const [home] = homes;
    if (home === undefined || homes.length > 1) continue;
    home.create ??= nested.create;
    home.lists.push(...nested.lists);
    for (const key of nested.keys) home.keys.add(key);
    joined.add(nested);
  }
  const whole = drafts.filter((draft) => !joined.has(draft));
  for (const home of whole) home.create ??= createdElsewhere(home, whole);
  return whole;
}

/** `/pets/{petId}` is read, changed and deleted where it is, and created at `/owners/{ownerId}/pets`, which has items of its own, too. */
function createdElsewhere(home: Draft, drafts: readonly Draft[]): Operation | null {
  if (home.item.parameter === null) return null;
  const nested = drafts.filter(
    (other) =>
      other !== home &&
      other.create !== null &&
      other.collection.depth > home.collection.depth &&
      other.item.parameter === home.item.parameter &&
      isSameNoun(other.collection.name, home.collection.name) &&
      sharesDefinition(other, home),
  );
  return nested.length === 1 ? (nested[0]?.create ?? null) : null;
}

/** Whether a thing whose schema is shown nowhere is made there, and nowhere else. */
function isOnlyHomeOf(home: Draft, nested: Draft, drafts: readonly Draft[]): boolean {
  const namesakes = drafts.filter((other) => isSameNoun(other.collection.name, home.collection.name));
  const { read, replace, patch } = home.item;
  const isShown = [read, replace, patch, home.create].some((operation) => operation !== null) || home.lists.length > 0;
  return !isShown && nested.create !== null && namesakes.length === 2;
}

function sharesDefinition(a: Draft, b: Draft): boolean {
  return [...a.definitions].some((definition) => b.definitions.has(definition));
}

/** `/todos/search`, `/pet/findByStatus`: a list of the resource when it holds the same schema. */
function addListsBehind(draft: Draft, contract: Contract): void {
  for (const { operation } of draft.collection.behind) {
    const found = findList(operation, draft.collection.name, contract);
    const definition = found === null ? null : definitionOf(found.item, contract.definitions);
    if (found !== null && definition !== null && draft.definitions.has(definition)) draft.lists.push(found.list);
  }
}

function resourceOf(draft: Draft, all: readonly Draft[], contract: Contract): Resource {
  const { create, item, collection } = draft;
  return {
    name: nameOf(collection, all),
    create: create?.id ?? null,
    read: item.read?.id ?? null,
    replace: item.replace?.id ?? null,
    patch: item.patch?.id ?? null,
    remove: item.remove?.id ?? null,
    lists: draft.lists,
    idParameter: item.parameter,
    idPointer:
      create === null || !answersJson(create)
        ? null
        : findIdPointer(create, item.read, collection.name, item.parameter, contract.definitions),
  };
}

function answersJson(operation: Operation): boolean {
  return successes(operation).some(({ content }) => jsonContent(content) !== null);
}

/** Of several with one noun, the one nearest to the root has the name alone. */
function nameOf(collection: Collection, all: readonly Draft[]): string {
  const rivals = all.filter((other) => other.collection !== collection && other.collection.name === collection.name);
  return rivals.every((rival) => rival.collection.depth > collection.depth) ? collection.name : collection.path;
}

/** Whether the client chooses the id of what the operation creates: then its own path takes it. */
export function isClientChosen(operation: Operation, resource: Resource): boolean {
  const last = segmentsOf(operation.path).at(-1);
  return resource.create === operation.id && last?.kind === 'parameter' && last.name === resource.idParameter;
}
