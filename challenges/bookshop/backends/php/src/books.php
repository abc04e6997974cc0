<?php

declare(strict_types=1);

namespace Bookshop;

use PDO;

/** Requests for /books. */
final class Books
{
    private const SELECT = <<<'SQL'
        SELECT id, isbn, title, genre, price, stock,
               to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "createdAt"
        FROM books
        SQL;

    /** Each order with its keys; none of them is text from a request. */
    private const SORTS = [
        'newest' => [['id'], 'DESC'],
        'title' => [['title', 'id'], 'ASC'],
        'price' => [['price', 'id'], 'ASC'],
        '-price' => [['price', 'id'], 'DESC'],
    ];

    public function __construct(private readonly PDO $db)
    {
    }

    public function create(Request $request): Response
    {
        $book = checkBody(
            $request->json('application/json'),
            [
                'isbn' => Rules::isbn(...),
                'title' => Rules::title(...),
                'genre' => Rules::genre(...),
                'price' => Rules::price(...),
                'stock' => Rules::stock(...),
                'authorIds' => Rules::authorIds(...),
            ],
            ['isbn', 'title', 'genre', 'price', 'authorIds'],
        );
        $meanings = ['books_isbn_key' => 'isbn-taken', FOREIGN_KEY_VIOLATION => 'unknown-author'];
        $shown = refusing($meanings, fn () => transaction($this->db, function (PDO $db) use ($book): array {
            $id = query(
                $db,
                'INSERT INTO books (isbn, title, genre, price, stock) VALUES (?, ?, ?, ?, ?) RETURNING id',
                [$book['isbn'], $book['title'], $book['genre'], $book['price'], $book['stock'] ?? 0],
            )->fetchColumn();
            query(
                $db,
                'INSERT INTO book_authors (book_id, author_id, position)
                 SELECT ?, author_id, position FROM unnest(?::int[]) WITH ORDINALITY AS given (author_id, position)',
                [$id, intArray($book['authorIds'])],
            );
            return $this->find($id);
        }));
        return Response::json(201, $shown, ['Location' => "/books/{$shown['id']}"]);
    }

    public function list(Request $request): Response
    {
        $parameters = checkQuery($request, [
            'limit' => Rules::limit(...),
            'cursor' => Rules::cursor(...),
            'q' => Rules::search(...),
            'authorId' => Rules::queryId(...),
            'genre' => Rules::genre(...),
            'minPrice' => Rules::price(...),
            'maxPrice' => Rules::price(...),
            'inStock' => Rules::boolean(...),
            'sort' => Rules::sort(...),
        ]);
        $sort = $parameters['sort'] ?? 'newest';
        [$keys, $direction] = self::SORTS[$sort];
        $query = new ListQuery(self::SELECT, "books by $sort", $keys, $direction);
        if ($parameters['q'] !== null) {
            $query->where('title ILIKE ?', '%' . addcslashes($parameters['q'], '\\%_') . '%');
        }
        if ($parameters['authorId'] !== null) {
            $query->where('id IN (SELECT book_id FROM book_authors WHERE author_id = ?)', $parameters['authorId']);
        }
        if ($parameters['genre'] !== null) {
            $query->where('genre = ?', $parameters['genre']);
        }
        if ($parameters['minPrice'] !== null) {
            $query->where('price >= ?', $parameters['minPrice']);
        }
        if ($parameters['maxPrice'] !== null) {
            $query->where('price <= ?', $parameters['maxPrice']);
        }
        if ($parameters['inStock'] !== null) {
            $query->where($parameters['inStock'] === 'true' ? 'stock > 0' : 'stock = 0');
        }
        $page = $query->page($this->db, $parameters['limit'], $parameters['cursor'], $this->withAuthors(...));
        return Response::json(200, $page);
    }

    public function get(Request $request, int $id): Response
    {
        return Response::json(200, $this->find($id));
    }

    public function update(Request $request, int $id): Response
    {
        $fields = ['title' => Rules::title(...), 'genre' => Rules::genre(...), 'price' => Rules::price(...)];
        $changes = checkBody($request->json('application/merge-patch+json'), $fields);
        if ($changes !== []) {
            // Only the columns that change; their names are those of `$fields`.
            $assignments = implode(', ', array_map(static fn (string $name) => "$name = ?", array_keys($changes)));
            query($this->db, "UPDATE books SET $assignments WHERE id = ?", [...array_values($changes), $id]);
        }
        return Response::json(200, $this->find($id));
    }

    public function delete(Request $request, int $id): Response
    {
        $delete = fn () => query($this->db, 'DELETE FROM books WHERE id = ?', [$id])->rowCount();
        $deleted = refusing([FOREIGN_KEY_VIOLATION => 'book-ordered'], $delete);
        return $deleted === 1 ? new Response(204) : throw Problem::notFound();
    }

    public function deliver(Request $request, int $id): Response
    {
        $delivery = checkBody($request->json('application/json'), ['copies' => Rules::copies(...)], ['copies']);
        $update = fn () => query($this->db, 'UPDATE books SET stock = stock + ? WHERE id = ?', [$delivery['copies'], $id]);
        refusing(['books_stock' => 'shelf-full'], $update);
        return Response::json(200, $this->find($id));
    }

    private function find(int $id): array
    {
        $rows = query($this->db, self::SELECT . ' WHERE id = ?', [$id])->fetchAll();
        return $this->withAuthors($rows)[0] ?? throw Problem::notFound();
    }

    /**
     * The authors of all books of a page, with one statement.
     *
     * @param list<array<string, mixed>> $books
     * @return list<array<string, mixed>>
     */
    private function withAuthors(array $books): array
    {
        $authors = [];
        $rows = query(
            $this->db,
            'SELECT ba.book_id, a.id, a.name FROM book_authors ba JOIN authors a ON a.id = ba.author_id
             WHERE ba.book_id = ANY (?::int[]) ORDER BY ba.book_id, ba.position',
            [intArray(array_column($books, 'id'))],
        );
        foreach ($rows as ['book_id' => $book, 'id' => $id, 'name' => $name]) {
            $authors[$book][] = ['id' => $id, 'name' => $name];
        }
        // A book that was removed between the two statements is left out.
        $there = array_values(array_filter($books, static fn (array $book) => isset($authors[$book['id']])));
        return array_map(static fn (array $book) => [...$book, 'authors' => $authors[$book['id']]], $there);
    }
}
