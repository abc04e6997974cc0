package todo;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The todos in PostgreSQL. */
record Todos(Database database) {
    // Tags come with their todo in one statement, so that both are of the same moment.
    private static final String SELECT = """
            SELECT todos.*, array(SELECT name FROM todo_tags WHERE todo_id = todos.id ORDER BY todo_tags.position) AS tags
            FROM todos
            """;
    private static final Map<String, String> COLUMN_OF = new LinkedHashMap<>();
    private static final Map<String, String> SORT_COLUMN = Map.of(
            "position", "position", "title", "title COLLATE \"C\"", "createdAt", "created_at", "dueAt", "due_at");
    private static final DateTimeFormatter IN_UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX");

    static {
        for (String name : List.of("title", "notes", "done", "position", "priority", "estimate")) {
            COLUMN_OF.put(name, name);
        }
        COLUMN_OF.put("dueAt", "due_at");
    }

    Todo.Page<Todo> list(Query query) throws SQLException {
        List<String> conditions = new ArrayList<>(List.of("true"));
        List<Object> values = new ArrayList<>();
        if (query.done() != null) {
            conditions.add("done = ?");
            values.add(query.done());
        }
        if (query.priority() != null) {
            conditions.add("priority = ?");
            values.add(query.priority());
        }
        if (query.tag() != null) {
            conditions.add("id IN (SELECT todo_id FROM todo_tags WHERE name = ?)");
            values.add(query.tag());
        }
        if (query.q() != null) {
            conditions.add("title ILIKE ?");
            values.add("%" + query.q().replaceAll("[\\\\%_]", "\\\\$0") + "%");
        }
        String column = SORT_COLUMN.get(query.sortName());
        if (query.cursor() != null) {
            Cursor after = Cursor.decode(query.cursor(), query.sort());
            if (after.key() == null) {
                conditions.add(column + " IS NULL AND id > ?");
                values.add(after.id());
            } else {
                String beyond = query.descending() ? "<" : ">";
                String nulls = column.equals("due_at") ? "OR due_at IS NULL" : "";
                conditions.add("(%1$s %2$s= ? AND (%1$s %2$s ? OR id > ?) %3$s)".formatted(column, beyond, nulls));
                values.addAll(List.of(after.key(), after.key(), after.id()));
            }
        }
        values.add(query.limit() + 1);
        String direction = query.descending() ? "DESC" : "ASC";
        String sql = SELECT + " WHERE " + String.join(" AND ", conditions)
                + " ORDER BY " + column + " " + direction + " NULLS LAST, id LIMIT ?";
        List<Todo> rows = database.query(row -> read(row).todo(), sql, values);
        if (rows.size() <= query.limit()) {
            return new Todo.Page<>(rows, null);
        }
        Todo last = rows.get(query.limit() - 1);
        String next = Cursor.encode(query.sort(), last.sortKey(query.sortName()), last.id());
        return new Todo.Page<>(rows.subList(0, query.limit()), next);
    }

    Todo.Page<Todo.Tag> tags(Query query) throws SQLException {
        Object after = query.cursor() == null ? "" : Cursor.decode(query.cursor(), "name").key();
        List<Todo.Tag> rows = database.query(
                row -> new Todo.Tag(row.getString("name"), row.getLong("count")),
                "SELECT name, count(*) AS count FROM todo_tags WHERE name > ? GROUP BY name ORDER BY name LIMIT ?",
                List.of(after, query.limit() + 1));
        if (rows.size() <= query.limit()) {
            return new Todo.Page<>(rows, null);
        }
        String next = Cursor.encode("name", rows.get(query.limit() - 1).name(), 0);
        return new Todo.Page<>(rows.subList(0, query.limit()), next);
    }

    Optional<Todo.Tagged> find(int id) throws SQLException {
        return database.query(Todos::read, SELECT + " WHERE id = ?", List.of(id)).stream().findFirst();
    }

    Todo.Tagged create(Map<String, Object> input) throws SQLException {
        return database.inTransaction(connection -> {
            String columns = String.join(", ", COLUMN_OF.values());
            String marks = String.join(", ", COLUMN_OF.keySet().stream().map(name -> "?").toList());
            List<Object> values = new ArrayList<>();
            COLUMN_OF.keySet().forEach(name -> values.add(input.get(name)));
            int id = Database.query(
                    connection,
                    row -> row.getInt("id"),
                    "INSERT INTO todos (" + columns + ") VALUES (" + marks + ") RETURNING id",
                    values).get(0);
            insertTags(connection, id, input.get("tags"));
            return find(connection, id);
        });
    }

    /** Sets the properties in {@code changes}. The guard sees the entity tag of the todo, locked, and may throw. */
    Optional<Todo.Tagged> update(int id, Map<String, Object> changes, Consumer<String> guard) throws SQLException {
        return database.inTransaction(connection -> {
            if (!lock(connection, id, guard)) {
                return Optional.empty();
            }
            List<String> sets = new ArrayList<>(List.of("version = version + 1", "updated_at = now()"));
            List<Object> values = new ArrayList<>();
            COLUMN_OF.forEach((name, column) -> {
                if (changes.containsKey(name)) {
                    sets.add(column + " = ?");
                    values.add(changes.get(name));
                }
            });
            values.add(id);
            Database.update(connection, "UPDATE todos SET " + String.join(", ", sets) + " WHERE id = ?", values);
            if (changes.containsKey("tags")) {
                Database.update(connection, "DELETE FROM todo_tags WHERE todo_id = ?", List.of(id));
                insertTags(connection, id, changes.get("tags"));
            }
            return Optional.of(find(connection, id));
        });
    }

    /** False when there is no such todo. */
    boolean delete(int id, Consumer<String> guard) throws SQLException {
        return database.inTransaction(connection -> {
            if (!lock(connection, id, guard)) {
                return false;
            }
            Database.update(connection, "DELETE FROM todos WHERE id = ?", List.of(id));
            return true;
        });
    }

    private static boolean lock(Connection connection, int id, Consumer<String> guard) throws SQLException {
        List<String> tags = Database.query(
                connection, Todos::etag, "SELECT version FROM todos WHERE id = ? FOR UPDATE", List.of(id));
        tags.forEach(guard);
        return !tags.isEmpty();
    }

    private static Todo.Tagged find(Connection connection, int id) throws SQLException {
        return Database.query(connection, Todos::read, SELECT + " WHERE id = ?", List.of(id)).get(0);
    }

    private static void insertTags(Connection connection, int id, Object names) throws SQLException {
        Object[] tags = ((List<?>) names).toArray();
        if (tags.length > 0) {
            Database.update(
                    connection,
                    "INSERT INTO todo_tags (todo_id, name, position) "
                            + "SELECT ?, name, position FROM unnest(?) WITH ORDINALITY AS given (name, position)",
                    List.of(id, connection.createArrayOf("text", tags)));
        }
    }

    private static Todo.Tagged read(ResultSet row) throws SQLException {
        BigDecimal estimate = row.getBigDecimal("estimate");
        Todo todo = new Todo(
                row.getInt("id"),
                row.getString("title"),
                row.getString("notes"),
                row.getBoolean("done"),
                row.getInt("position"),
                row.getString("priority"),
                inUtc(row, "due_at"),
                estimate == null ? null : estimate.toPlainString(),
                Arrays.asList((String[]) row.getArray("tags").getArray()),
                inUtc(row, "created_at"),
                inUtc(row, "updated_at"));
        return new Todo.Tagged(todo, etag(row));
    }

    private static String etag(ResultSet row) throws SQLException {
        return "\"" + row.getInt("version") + "\"";
    }

    private static String inUtc(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : IN_UTC.format(time.withOffsetSameInstant(ZoneOffset.UTC));
    }
}
