import type { Scenario, ScenarioContext } from '@assay/contract';
import { change, expectSame, expectStatus, idsOf, newAuthor, newBook, newBooks, page, reading } from './shop.ts';

/** What a search brings. */
export const searchScenarios: readonly Scenario[] = [
  {
    id: 'filters-combine',
    claim: 'A search brings the books for which all of its filters hold, and no others',
    fix: 'Add each filter that is given to the WHERE of one statement, joined by AND, also together with the search text.',
    skill: 'databases',
    severity: 'high',
    async run(context: ScenarioContext) {
      const [one, other] = [await newAuthor(context), await newAuthor(context)];
      const word = context.random.unique('word');
      const [cheap = 0, dear = 0, gone = 0, both = 0] = [
        await newBook(context, [one], { title: `${word} of the sea`, genre: 'novel', price: '9.99' }),
        await newBook(context, [one], { title: `The ${word}`, genre: 'crime', price: '30.00' }),
        await newBook(context, [one], { title: `Old ${word}s`, genre: 'novel', price: '10.00', stock: 0 }),
        await newBook(context, [other, one], { title: 'Something else', genre: 'novel', price: '10.01' }),
      ];
      const theirs = await newBook(context, [other], { title: `Their ${word}`, genre: 'novel', price: '100.00' });
      const searches: readonly (readonly [Readonly<Record<string, string>>, readonly number[]])[] = [
        [{ authorId: String(one) }, [both, gone, dear, cheap]],
        [{ q: word }, [theirs, gone, dear, cheap]],
        [{ q: word, authorId: String(one) }, [gone, dear, cheap]],
        [{ q: word, genre: 'novel' }, [theirs, gone, cheap]],
        [{ q: word, maxPrice: '10.00' }, [gone, cheap]],
        [{ q: word, minPrice: '10.00' }, [theirs, gone, dear]],
        [{ q: word, minPrice: '9.99', maxPrice: '30.00', inStock: 'true' }, [dear, cheap]],
        [{ authorId: String(one), inStock: 'false' }, [gone]],
        [{ authorId: String(other), minPrice: '10.01', maxPrice: '10.01' }, [both]],
        [{ authorId: String(one), genre: 'novel', sort: '-price' }, [both, gone, cheap]],
        [{ q: word, authorId: String(one), genre: 'poetry' }, []],
      ];
      for (const [query, expected] of searches)
        expectSame(
          context,
          await idsOf(context, '/books', query),
          expected,
          `A search by ${Object.keys(query).join(', ')} brings other books than those for which they hold`,
        );
    },
  },
  {
    id: 'search-is-literal',
    claim: 'A search takes every character for itself and ignores the case of A to Z',
    fix: 'Escape `\\`, `%` and `_` before the text goes into a LIKE or ILIKE pattern.',
    skill: 'databases',
    severity: 'medium',
    async run(context: ScenarioContext) {
      const author = await newAuthor(context);
      const titles = ['100% true', '100 untrue', 'snake_case', 'snakeXcase', 'back\\slash', 'backslash'];
      await newBooks(
        context,
        [author],
        titles.map((title) => ({ title })),
      );
      for (const [q, found] of [
        ['00%', ['100% true']],
        ['e_c', ['snake_case']],
        ['k\\s', ['back\\slash']],
        ['SNAKE', ['snakeXcase', 'snake_case']],
        ['0% t', ['100% true']],
        ['%%%', []],
      ] as const) {
        const { items } = await page(context, '/books', { authorId: String(author), q });
        expectSame(
          context,
          items.map(({ title }) => title ?? null),
          found,
          `A search for ${q} finds other books than those with it in their title`,
        );
      }
    },
  },
  {
    id: 'book-with-two-authors',
    claim: 'A book with two authors is one book, with both in the order given and by their present names',
    fix: 'Filter by author with EXISTS or IN rather than by a join, keep the position of each author, and read the names from where they are.',
    skill: 'databases',
    severity: 'high',
    async run(context: ScenarioContext) {
      const [first, second] = [await newAuthor(context), await newAuthor(context)];
      const word = context.random.unique('pair');
      const book = await newBook(context, [second, first], { title: `A ${word}` });
      expectStatus(
        context,
        await change(context, `/authors/${second}`, { name: 'Renamed' }),
        200,
        'Renaming an author',
      );
      expectSame(
        context,
        await idsOf(context, '/books', { q: word }),
        [book],
        'A book with two authors is listed otherwise than once',
      );
      for (const author of [first, second])
        expectSame(
          context,
          await idsOf(context, '/books', { authorId: String(author) }),
          [book],
          'A search by either author of a book does not bring it once',
        );
      const { items } = await page(context, '/books', { authorId: String(first) });
      for (const shown of [await reading(context, `/books/${book}`), items[0] ?? {}]) {
        const { authors } = shown;
        const list = Array.isArray(authors) ? authors : [];
        expectSame(
          context,
          list.map((author) => (author as { readonly id?: number }).id ?? null),
          [second, first],
          'A book shows its authors otherwise than in the order given',
        );
        expectSame(
          context,
          (list[0] as { readonly name?: string } | undefined)?.name ?? null,
          'Renamed',
          'A book shows a name that its author had before',
        );
      }
      const { books } = await reading(context, `/authors/${first}`);
      expectSame(context, books ?? null, 1, 'An author with one book shows another number of books');
    },
  },
];
