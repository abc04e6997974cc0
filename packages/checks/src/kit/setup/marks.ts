import {
  type Contract,
  type Json,
  type Operation,
  type Random,
  type RequestCase,
  type Resource,
} from '@assay/contract';
import { withUniqueTexts } from '../requests/unique-texts.ts';
import { placeIn, thingIn } from '../requests/wrapped-body.ts';
import { idInList } from './id-in-list.ts';
import type { Setup } from './setup.ts';

/**
 * Finds again what is created without an id in the answer: one text of each thing is made unlike any other, and looked for in the lists. By all that was
 * sent it could not be told from another one, and what the backend keeps otherwise would not be found at all.
 */
export class Marks {
  readonly #context: { readonly contract: Contract; readonly random: Pick<Random, 'unique'> };
  readonly #setup: Setup;
  readonly #resource: Resource;
  #begun = false;
  /** The member that a list was seen to show; until then they take turns. */
  #shown: string | null = null;
  #turn = 0;

  constructor(
    context: { readonly contract: Contract; readonly random: Pick<Random, 'unique'> },
    setup: Setup,
    resource: Resource,
  ) {
    this.#context = context;
    this.#setup = setup;
    this.#resource = resource;
  }

  /** From now on requests are marked. False when they were already, or no list would show it. */
  begin(): boolean {
    const isNew = !this.#begun && this.#resource.lists.length > 0;
    this.#begun = true;
    return isNew;
  }

  /** The request with a mark, once they are needed and where one can be put; without, it is the same. */
  on(operation: Operation, request: RequestCase): { readonly request: RequestCase; readonly member: string | null } {
    const none = { request, member: null };
    if (!this.#begun || this.#resource.lists.length === 0) return none;
    const wrapped = thingIn(request.body?.value as Json | undefined);
    const bound = new Set(this.#setup.bindingsOf(operation.id).map(({ target }) => target));
    const marked = Object.keys(wrapped.thing).flatMap((member) => {
      const place = placeIn(wrapped, member);
      if (typeof wrapped.thing[member] !== 'string' || bound.has(`body:${place}`)) return [];
      const changed = withUniqueTexts(this.#context, operation, request, { which: (each) => each === place });
      return changed === request ? [] : [{ request: changed, member }];
    });
    return marked.find(({ member }) => member === this.#shown) ?? marked[this.#turn % marked.length] ?? none;
  }

  /** The id of the thing that was made with a mark. */
  async idOf(request: RequestCase, member: string | null): Promise<Json | undefined> {
    if (member === null || request.body === undefined) return undefined;
    const wrapped = thingIn(request.body.value as Json);
    const text = wrapped.thing[member] ?? null;
    const id = await idInList(this.#setup, this.#resource, {
      ...request,
      body: { ...request.body, value: { [member]: text } },
    });
    if (id === undefined) this.#turn += 1;
    else this.#shown = member;
    return id;
  }
}
