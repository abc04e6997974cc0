<?php

declare(strict_types=1);

namespace Orders;

use PDO;

/** Orders, for both faces. */
final class Orders
{
    // An order comes with its lines in one statement, however many orders there are.
    private const SELECT = <<<'SQL'
        SELECT o.id, o.customer, o.status, to_char(o.placed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "placedAt",
          json_agg(json_build_object('productId', l.product_id, 'quantity', l.quantity, 'productName', l.product_name,
                                     'unitPrice', l.unit_price::text) ORDER BY l.position) AS lines,
          sum(l.quantity * l.unit_price) AS total
        FROM orders o JOIN order_lines l ON l.order_id = o.id
        SQL;

    public function __construct(private readonly PDO $db)
    {
    }

    /**
     * @param list<array{productId: int, quantity: int}> $lines
     * @return array<string, mixed>
     */
    public function place(string $customer, array $lines): array
    {
        return transaction($this->db, function () use ($customer, $lines): array {
            $wanted = [];
            foreach ($lines as ['productId' => $productId, 'quantity' => $quantity]) {
                $wanted[$productId] = ($wanted[$productId] ?? 0) + $quantity;
            }
            // Always in the order of the ids, so that two orders never wait for each other.
            ksort($wanted);
            foreach ($wanted as $productId => $quantity) {
                $this->takeFromStock($productId, $quantity);
            }
            $id = query($this->db, 'INSERT INTO orders (customer) VALUES (?) RETURNING id', [$customer])->fetchColumn();
            query(
                $this->db,
                'INSERT INTO order_lines (order_id, position, product_id, quantity, product_name, unit_price)
                 SELECT ?::int, w.position, p.id, w.quantity, p.name, p.price
                 FROM unnest(?::int[], ?::int[]) WITH ORDINALITY AS w (product_id, quantity, position)
                 JOIN products p ON p.id = w.product_id',
                [$id, self::array(array_column($lines, 'productId')), self::array(array_column($lines, 'quantity'))],
            );
            return $this->get($id);
        });
    }

    /** One statement compares and subtracts, so that no two orders take the same piece. */
    private function takeFromStock(int $productId, int $quantity): void
    {
        $sql = 'UPDATE products SET stock = stock - ? WHERE id = ? AND stock >= ?';
        if (query($this->db, $sql, [$quantity, $productId, $quantity])->rowCount() === 1) {
            return;
        }
        $stock = query($this->db, 'SELECT stock FROM products WHERE id = ?', [$productId])->fetchColumn();
        throw $stock === false
            ? new Refusal('notFound', ['id' => $productId], 'There is no such product.')
            : new Refusal('outOfStock', ['productId' => $productId, 'available' => $stock], 'There is not enough of this product.');
    }

    /** @return array<string, mixed> */
    public function get(int $id): array
    {
        $row = query($this->db, self::SELECT . ' WHERE o.id = ? GROUP BY o.id', [$id])->fetch();
        return $row ? self::withLines($row) : throw new Refusal('notFound', ['id' => $id], 'There is no such order.');
    }

    /** @return array<string, mixed> */
    public function cancel(int $id): array
    {
        return transaction($this->db, function () use ($id): array {
            $sql = "UPDATE orders SET status = 'cancelled' WHERE id = ? AND status = 'open'";
            if (query($this->db, $sql, [$id])->rowCount() === 0) {
                $this->get($id);
                throw new Refusal('notOpen', ['orderId' => $id], 'The order is not open any more.');
            }
            query(
                $this->db,
                'SELECT p.id FROM products p WHERE p.id IN (SELECT product_id FROM order_lines WHERE order_id = ?) ORDER BY p.id FOR UPDATE',
                [$id],
            );
            query(
                $this->db,
                'UPDATE products p SET stock = p.stock + l.quantity
                 FROM (SELECT product_id, sum(quantity) AS quantity FROM order_lines WHERE order_id = ? GROUP BY product_id) l
                 WHERE p.id = l.product_id',
                [$id],
            );
            return $this->get($id);
        });
    }

    /** @return list<array<string, mixed>> */
    public function list(int $limit, int $afterId): array
    {
        $rows = query($this->db, self::SELECT . ' WHERE o.id > ? GROUP BY o.id ORDER BY o.id LIMIT ?', [$afterId, $limit])->fetchAll();
        return array_map(self::withLines(...), $rows);
    }

    private static function withLines(array $row): array
    {
        return ['lines' => json_decode($row['lines'], associative: true, flags: JSON_THROW_ON_ERROR)] + $row;
    }

    /** @param list<int> $values */
    private static function array(array $values): string
    {
        return '{' . implode(',', $values) . '}';
    }
}
