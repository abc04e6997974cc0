<?php

declare(strict_types=1);

namespace Bookshop;

use PDO;

/** Requests for /orders. */
final class Orders
{
    private const SELECT = <<<'SQL'
        SELECT id, customer, status, (SELECT sum(copies * price) FROM order_lines WHERE order_id = orders.id) AS total,
               to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "createdAt"
        FROM orders
        SQL;

    public function __construct(private readonly PDO $db)
    {
    }

    public function create(Request $request): Response
    {
        $fields = ['customer' => Rules::name(...), 'lines' => Rules::lines(...)];
        ['customer' => $customer, 'lines' => $lines] = checkBody($request->json('application/json'), $fields, ['customer', 'lines']);
        $ids = array_map(static fn (object $line) => (int) $line->bookId, $lines);
        if (array_unique($ids) !== $ids) {
            throw Problem::refusal('book-twice');
        }
        $order = transaction($this->db, function (PDO $db) use ($customer, $lines, $ids): array {
            $stocks = $this->lockBooks($ids);
            if (count($stocks) < count($ids)) {
                throw Problem::refusal('unknown-book');
            }
            foreach ($lines as $line) {
                if ($stocks[(int) $line->bookId] < $line->copies) {
                    throw Problem::refusal('out-of-stock');
                }
            }
            $id = query($db, 'INSERT INTO orders (customer) VALUES (?) RETURNING id', [$customer])->fetchColumn();
            // The price is copied: what the book costs later is no matter of this order.
            query(
                $db,
                'INSERT INTO order_lines (order_id, position, book_id, copies, price)
                 SELECT ?, l.position, b.id, l.copies, b.price
                 FROM unnest(?::int[], ?::int[]) WITH ORDINALITY AS l (book_id, copies, position) JOIN books b ON b.id = l.book_id',
                [$id, intArray($ids), intArray(array_map(static fn (object $line) => (int) $line->copies, $lines))],
            );
            $this->moveCopies($id, '-');
            return $this->find($id);
        });
        return Response::json(201, $order, ['Location' => "/orders/{$order['id']}"]);
    }

    public function list(Request $request): Response
    {
        $parameters = checkQuery($request, [
            'limit' => Rules::limit(...),
            'cursor' => Rules::cursor(...),
            'customer' => Rules::name(...),
            'bookId' => Rules::queryId(...),
            'status' => Rules::status(...),
        ]);
        $query = new ListQuery(self::SELECT, 'orders', ['id'], 'DESC');
        if ($parameters['customer'] !== null) {
            $query->where('customer = ?', $parameters['customer']);
        }
        if ($parameters['bookId'] !== null) {
            $query->where('id IN (SELECT order_id FROM order_lines WHERE book_id = ?)', $parameters['bookId']);
        }
        if ($parameters['status'] !== null) {
            $query->where('status = ?', $parameters['status']);
        }
        $page = $query->page($this->db, $parameters['limit'], $parameters['cursor'], $this->withLines(...));
        return Response::json(200, $page);
    }

    public function get(Request $request, int $id): Response
    {
        return Response::json(200, $this->find($id));
    }

    public function cancel(Request $request, int $id): Response
    {
        $order = refusing(['books_stock' => 'shelf-full'], fn () => transaction($this->db, function (PDO $db) use ($id): array {
            $update = "UPDATE orders SET status = 'cancelled' WHERE id = ? AND status = 'placed'";
            $cancelled = query($db, $update, [$id])->rowCount() === 1;
            $order = $this->find($id);
            if (!$cancelled) {
                throw Problem::refusal('already-cancelled');
            }
            $this->lockBooks(array_column($order['lines'], 'bookId'));
            $this->moveCopies($id, '+');
            return $order;
        }));
        return Response::json(200, $order);
    }

    /**
     * Locks in the order of ids, so that two orders of the same books wait for each other, and never both.
     *
     * @param list<int> $ids
     * @return array<int, int> stock by id
     */
    private function lockBooks(array $ids): array
    {
        $sql = 'SELECT id, stock FROM books WHERE id = ANY (?::int[]) ORDER BY id FOR UPDATE';
        return query($this->db, $sql, [intArray($ids)])->fetchAll(PDO::FETCH_KEY_PAIR);
    }

    /** Takes the copies of an order from the shelf, or puts them back. */
    private function moveCopies(int $orderId, string $sign): void
    {
        $sql = "UPDATE books SET stock = stock $sign l.copies FROM order_lines l WHERE l.book_id = books.id AND l.order_id = ?";
        query($this->db, $sql, [$orderId]);
    }

    private function find(int $id): array
    {
        $rows = query($this->db, self::SELECT . ' WHERE id = ?', [$id])->fetchAll();
        return $this->withLines($rows)[0] ?? throw Problem::notFound();
    }

    /**
     * The lines of all orders of a page, with one statement.
     *
     * @param list<array<string, mixed>> $orders
     * @return list<array<string, mixed>>
     */
    private function withLines(array $orders): array
    {
        $rows = query(
            $this->db,
            'SELECT l.order_id, l.book_id AS "bookId", b.title, l.copies, l.price, l.copies * l.price AS amount
             FROM order_lines l JOIN books b ON b.id = l.book_id
             WHERE l.order_id = ANY (?::int[]) ORDER BY l.order_id, l.position',
            [intArray(array_column($orders, 'id'))],
        )->fetchAll(PDO::FETCH_GROUP);
        return array_map(static fn (array $order) => [...$order, 'lines' => $rows[$order['id']]], $orders);
    }
}
