<?php

declare(strict_types=1);

// Tags come with their todo in one statement, so that both are of the same moment.
const COLUMNS = <<<'SQL'
    id, title, notes, done, position, priority, estimate, version,
    to_char(due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "dueAt",
    to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt",
    to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "updatedAt",
    (SELECT coalesce(json_agg(name ORDER BY todo_tags.position), '[]') FROM todo_tags WHERE todo_id = todos.id) AS tags
    SQL;
const COLUMN_OF = [
    'title' => 'title',
    'notes' => 'notes',
    'done' => 'done',
    'position' => 'position',
    'priority' => 'priority',
    'dueAt' => 'due_at',
    'estimate' => 'estimate',
];
const SORT_COLUMN = [
    'position' => 'position',
    'title' => 'title COLLATE "C"',
    'createdAt' => 'created_at',
    'dueAt' => 'due_at',
];

/** A todo as clients see it, and the entity tag of this state of it. */
function toTodo(array $row): array
{
    $todo = [
        'id' => $row['id'],
        'title' => $row['title'],
        'notes' => $row['notes'],
        'done' => $row['done'],
        'position' => $row['position'],
        'priority' => $row['priority'],
        'dueAt' => $row['dueAt'],
        'estimate' => $row['estimate'],
        'tags' => json_decode($row['tags'], flags: JSON_THROW_ON_ERROR),
        'createdAt' => $row['createdAt'],
        'updatedAt' => $row['updatedAt'],
    ];
    return [$todo, etagOf($row)];
}

function etagOf(array $row): string
{
    return "\"{$row['version']}\"";
}

function listTodos(PDO $database, array $query): array
{
    $conditions = ['true'];
    $values = [];
    $where = function (string $condition, mixed ...$bound) use (&$conditions, &$values) {
        $conditions[] = "($condition)";
        array_push($values, ...$bound);
    };
    if ($query['done'] !== null) {
        $where('done = ?', $query['done']);
    }
    if ($query['priority'] !== null) {
        $where('priority = ?', $query['priority']);
    }
    if ($query['tag'] !== null) {
        $where('id IN (SELECT todo_id FROM todo_tags WHERE name = ?)', $query['tag']);
    }
    if ($query['q'] !== null) {
        $where('title ILIKE ?', '%' . addcslashes($query['q'], '\\%_') . '%');
    }

    $sort = $query['sort'];
    $name = ltrim($sort, '-');
    $column = SORT_COLUMN[$name];
    [$direction, $beyond] = $sort === $name ? ['ASC', '>'] : ['DESC', '<'];
    if ($query['cursor'] !== null) {
        [$key, $id] = decodeCursor($query['cursor'], $sort);
        if ($key === null) {
            $where("$column IS NULL AND id > ?", $id);
        } else {
            $nulls = $name === 'dueAt' ? "OR $column IS NULL" : '';
            $where("$column $beyond= ? AND ($column $beyond ? OR id > ?) $nulls", $key, $key, $id);
        }
    }

    $sql = 'SELECT ' . COLUMNS . ' FROM todos WHERE ' . implode(' AND ', $conditions)
        . " ORDER BY $column $direction NULLS LAST, id LIMIT ?";
    $rows = query($database, $sql, [...$values, $query['limit'] + 1])->fetchAll();
    $items = array_map(fn ($row) => toTodo($row)[0], array_slice($rows, 0, $query['limit']));
    $last = end($items);
    return ['items' => $items, 'next' => count($rows) > count($items) ? encodeCursor($sort, $last[$name], $last['id']) : null];
}

function listTags(PDO $database, array $query): array
{
    $after = $query['cursor'] === null ? '' : decodeCursor($query['cursor'], 'name')[0];
    $sql = 'SELECT name, count(*) AS count FROM todo_tags WHERE name > ? GROUP BY name ORDER BY name LIMIT ?';
    $rows = query($database, $sql, [$after, $query['limit'] + 1])->fetchAll();
    $items = array_slice($rows, 0, $query['limit']);
    return ['items' => $items, 'next' => count($rows) > count($items) ? encodeCursor('name', end($items)['name'], 0) : null];
}

/** Null when there is no such todo. */
function findTodo(PDO $database, int $id): ?array
{
    $row = query($database, 'SELECT ' . COLUMNS . ' FROM todos WHERE id = ?', [$id])->fetch();
    return $row === false ? null : toTodo($row);
}

function createTodo(PDO $database, array $input): array
{
    return inTransaction($database, function () use ($database, $input) {
        $columns = implode(', ', COLUMN_OF);
        $values = array_map(fn ($name) => $input[$name], array_keys(COLUMN_OF));
        $marks = implode(', ', array_fill(0, count($values), '?'));
        $id = query($database, "INSERT INTO todos ($columns) VALUES ($marks) RETURNING id", $values)->fetchColumn();
        insertTags($database, $id, $input['tags']);
        return findTodo($database, $id);
    });
}

/** Sets the properties in `$changes`. `$guard` sees the todo's entity tag, locked, and may throw. Null: no such todo. */
function updateTodo(PDO $database, int $id, array $changes, callable $guard): ?array
{
    return inTransaction($database, function () use ($database, $id, $changes, $guard) {
        if (!lockTodo($database, $id, $guard)) {
            return null;
        }
        $sets = ['version = version + 1', 'updated_at = now()'];
        $values = [];
        foreach (array_intersect_key(COLUMN_OF, $changes) as $name => $column) {
            $sets[] = "$column = ?";
            $values[] = $changes[$name];
        }
        query($database, 'UPDATE todos SET ' . implode(', ', $sets) . ' WHERE id = ?', [...$values, $id]);
        if (isset($changes['tags'])) {
            query($database, 'DELETE FROM todo_tags WHERE todo_id = ?', [$id]);
            insertTags($database, $id, $changes['tags']);
        }
        return findTodo($database, $id);
    });
}

/** False when there is no such todo. */
function deleteTodo(PDO $database, int $id, callable $guard): bool
{
    return inTransaction($database, function () use ($database, $id, $guard) {
        if (!lockTodo($database, $id, $guard)) {
            return false;
        }
        query($database, 'DELETE FROM todos WHERE id = ?', [$id]);
        return true;
    });
}

function lockTodo(PDO $database, int $id, callable $guard): bool
{
    $row = query($database, 'SELECT version FROM todos WHERE id = ? FOR UPDATE', [$id])->fetch();
    if ($row === false) {
        return false;
    }
    $guard(etagOf($row));
    return true;
}

function insertTags(PDO $database, int $id, array $names): void
{
    if ($names === []) {
        return;
    }
    $rows = implode(', ', array_fill(0, count($names), '(?, ?, ?)'));
    $values = array_merge(...array_map(fn ($name, $at) => [$id, $name, $at], $names, array_keys($names)));
    query($database, "INSERT INTO todo_tags (todo_id, name, position) VALUES $rows", $values);
}
