<?php

declare(strict_types=1);

namespace Orders;

use PDO;
use PDOException;

/** Products, for both faces. A price stays the text it is: PostgreSQL's numeric computes with it, PHP's floats could not. */
final class Products
{
    private const COLUMNS = 'id, name, price, stock, note';

    public function __construct(private readonly PDO $db)
    {
    }

    /** @return array<string, mixed> */
    public function create(string $name, string $price, int $delivered, ?string $note): array
    {
        $sql = 'INSERT INTO products (name, price, stock, note) VALUES (?, ?, ?, ?) RETURNING ' . self::COLUMNS;
        return query($this->db, $sql, [$name, $price, $delivered, $note])->fetch();
    }

    /** @return array<string, mixed> */
    public function get(int $id): array
    {
        return query($this->db, 'SELECT ' . self::COLUMNS . ' FROM products WHERE id = ?', [$id])->fetch() ?: self::missing($id);
    }

    /** @return array<string, mixed> */
    public function update(int $id, string $name, string $price, ?string $note): array
    {
        $sql = 'UPDATE products SET name = ?, price = ?, note = ? WHERE id = ? RETURNING ' . self::COLUMNS;
        return query($this->db, $sql, [$name, $price, $note, $id])->fetch() ?: self::missing($id);
    }

    public function delete(int $id): void
    {
        try {
            $deleted = query($this->db, 'DELETE FROM products WHERE id = ?', [$id])->rowCount();
        } catch (PDOException $error) {
            $foreignKeyViolation = '23503';
            throw $error->getCode() === $foreignKeyViolation
                ? new Refusal('inUse', ['productId' => $id], 'There are orders for this product.')
                : $error;
        }
        if ($deleted === 0) {
            self::missing($id);
        }
    }

    /** @return list<array<string, mixed>> */
    public function list(int $limit, int $afterId): array
    {
        $sql = 'SELECT ' . self::COLUMNS . ' FROM products WHERE id > ? ORDER BY id LIMIT ?';
        return query($this->db, $sql, [$afterId, $limit])->fetchAll();
    }

    private static function missing(int $id): never
    {
        throw new Refusal('notFound', ['id' => $id], 'There is no such product.');
    }
}
