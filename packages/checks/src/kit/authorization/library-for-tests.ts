import type { Contract, Json, ProbeContext } from '@assay/contract';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { served } from '../testing/served-for-tests.ts';
import { contextOfPeople, contractOfPeople } from './people-for-tests.ts';

const whole = { type: 'integer' };
const role = { type: 'string', enum: ['member', 'librarian'] };
const member = object({ id: whole, email: text, role });
const shelf = { type: 'string', enum: ['cellar', 'hall', 'attic'] };
const book = object({ id: whole, title: text, shelf });
const loan = object({ id: whole, book_id: whole, member_id: whole, status: text });
const none = { '403': said(), '404': said() };
const parameters = [{ name: 'id', in: 'path', required: true, schema: whole }];
const list = (item: Json) => said({ type: 'array', items: item });

/** A contract of a library, in which some things are for librarians by a word in brackets. @param roleWords what is said of a change of the role */
export function libraryContract(roleWords = 'The role is changed by librarians only (403).'): Contract {
  return contractOfPeople(
    {
      '/me': { get: { operationId: 'me', responses: { '200': said(member) } } },
      '/members': {
        get: {
          operationId: 'listMembers',
          summary: 'All members (librarians)',
          responses: { '200': list(member), '403': said() },
        },
      },
      '/members/{id}': {
        parameters,
        get: { operationId: 'getMember', responses: { '200': said(member), ...none } },
        patch: {
          operationId: 'changeMember',
          summary: 'Change a member (oneself, or librarians)',
          description: roleWords,
          requestBody: taken({ type: 'object', properties: { email: text, role } }),
          responses: { '200': said(member), ...none },
        },
      },
      '/books': {
        post: {
          operationId: 'addBook',
          summary: 'Add a book (librarians)',
          requestBody: taken(object({ title: text, shelf })),
          responses: { '201': said(book), '403': said() },
        },
      },
      '/books/{id}': {
        parameters,
        get: { operationId: 'getBook', responses: { '200': said(book), '404': said() } },
        patch: {
          operationId: 'changeBook',
          summary: 'Change the title or the shelf of a book (librarians)',
          requestBody: taken({ type: 'object', properties: { title: text, shelf } }),
          responses: { '200': said(book), ...none },
        },
      },
      '/loans': {
        post: {
          operationId: 'borrow',
          requestBody: taken({
            type: 'object',
            required: ['book_id', 'member_id'],
            properties: {
              book_id: whole,
              member_id: { ...whole, description: 'Oneself by default; another member for librarians only.' },
            },
          }),
          responses: { '201': said(loan), ...none },
        },
        get: { operationId: 'listLoans', responses: { '200': list(loan) } },
      },
      '/loans/{id}': {
        parameters,
        get: { operationId: 'getLoan', responses: { '200': said(loan), ...none } },
        delete: { operationId: 'cancelLoan', responses: { '204': said(), ...none } },
      },
    },
    member,
  );
}

/** What the backend does wrong; nothing when left out. */
export interface LibraryFlaws {
  /** Members change books; or their titles alone, and what they say of the shelf counts for nothing. */
  readonly books?: 'all' | 'title';
  /** What comes of it that a member sends another role of their own. */
  readonly role?: 'set' | 'ignored';
  /** The role that counts is the one at the last login. */
  readonly roleAtLogin?: boolean;
  /** Members borrow for others; or are told so, and borrow for themselves. */
  readonly borrow?: 'for others' | 'told';
  /** Everybody cancels every loan; or is told so. */
  readonly cancel?: 'for all' | 'told';
}

interface Person {
  readonly id: number;
  readonly email: string;
  role: string;
}

/** A real HTTP backend of that contract, in memory, with everything a probe is given. The first who signs up is the librarian. */
export async function libraryContext(flaws: LibraryFlaws = {}, contract = libraryContract()): Promise<ProbeContext> {
  const people: Person[] = [];
  const sessions = new Map<string, { readonly person: Person; readonly role: string }>();
  const books: { id: number; title: string; shelf: string }[] = [];
  const loans: { id: number; book_id: number; member_id: number; status: string }[] = [];
  const backend = await served(({ method, path, json, request }, response) => {
    const answer = (status: number, value?: unknown) =>
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(value === undefined ? '' : JSON.stringify(value));
    if (path === '/register') {
      const role = people.length === 0 ? 'librarian' : 'member';
      const person = { id: people.length + 1, email: String(json['email']), role };
      people.push(person);
      return answer(201, person);
    }
    if (path === '/login') {
      const person = people.find(({ email }) => email === json['email']);
      const token = `token ${sessions.size} of ${String(json['email'])}`;
      if (person !== undefined) sessions.set(token, { person, role: person.role });
      return answer(person === undefined ? 401 : 200, { token });
    }
    const session = sessions.get((request.headers.authorization ?? '').replace('Bearer ', ''));
    if (session === undefined) return answer(401, {});
    const { person } = session;
    const isLibrarian = (flaws.roleAtLogin === true ? session.role : person.role) === 'librarian';
    const [, kind, which] = path.split('/');
    const id = Number(which);
    if (kind === 'me') return answer(200, person);
    if (kind === 'members' && which === undefined) return isLibrarian ? answer(200, people) : answer(403, {});
    if (kind === 'members') {
      const found = people.find((one) => one.id === id);
      if (found === undefined || (found !== person && !isLibrarian)) return answer(404, {});
      const { role } = json;
      if (method === 'PATCH' && role !== undefined && !isLibrarian && flaws.role === undefined) return answer(403, {});
      if (method === 'PATCH' && role !== undefined && (isLibrarian || flaws.role === 'set')) found.role = String(role);
      return answer(200, found);
    }
    if (kind === 'books' && which === undefined) {
      if (!isLibrarian) return answer(403, {});
      books.push({ id: books.length + 1, title: String(json['title']), shelf: String(json['shelf']) });
      return answer(201, books.at(-1));
    }
    if (kind === 'books') {
      const found = books.find((one) => one.id === id);
      if (found === undefined) return answer(404, {});
      if (method === 'GET') return answer(200, found);
      if (!isLibrarian && flaws.books === undefined) return answer(403, {});
      if (json['title'] !== undefined) found.title = String(json['title']);
      if (json['shelf'] !== undefined && (isLibrarian || flaws.books === 'all')) found.shelf = String(json['shelf']);
      return answer(200, found);
    }
    if (which === undefined && method === 'GET')
      return answer(
        200,
        loans.filter(({ member_id }) => isLibrarian || member_id === person.id),
      );
    if (which === undefined) {
      const asked = Number(json['member_id'] ?? person.id);
      if (asked !== person.id && !isLibrarian && flaws.borrow === undefined) return answer(403, {});
      const forWhom = flaws.borrow === 'told' ? person.id : asked;
      loans.push({ id: loans.length + 1, book_id: Number(json['book_id']), member_id: forWhom, status: 'open' });
      return answer(201, { ...loans.at(-1), member_id: asked });
    }
    const found = loans.find((one) => one.id === id);
    const isOwn = found !== undefined && (found.member_id === person.id || isLibrarian);
    if (found === undefined || (!isOwn && !(method === 'DELETE' && flaws.cancel !== undefined))) return answer(404, {});
    if (method === 'DELETE' && (isOwn || flaws.cancel === 'for all')) found.status = 'cancelled';
    return method === 'DELETE' ? answer(204) : answer(200, found);
  });
  const context = contextOfPeople(contract, backend, { unsaid: 'the usual' });
  const usual = await context.identities.usual(context.backend);
  if (usual === null || 'unavailable' in usual) throw new Error('nobody was signed in');
  return context;
}
