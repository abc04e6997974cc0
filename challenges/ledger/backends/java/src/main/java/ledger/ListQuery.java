package ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A list that is paged through by falling position, with values only in parameters. */
final class ListQuery {
  record Page<T>(List<T> items, String next) {}

  private record Row<T>(long position, T item) {}

  private final String select;
  private final String order;
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  ListQuery(String select, String order, String cursor) {
    this.select = select;
    this.order = order;
    if (cursor != null) {
      where(order + " < ?", Long.valueOf(cursor));
    }
  }

  void where(String condition, Object... conditionValues) {
    conditions.add(condition);
    values.addAll(List.of(conditionValues));
  }

  /** Runs the query: one page, and the cursor of the next. One row more than the page tells whether there is a next. */
  <T> Page<T> page(Connection connection, String limit, Database.RowMapper<T> present) throws SQLException {
    int size = limit == null ? 20 : Integer.parseInt(limit);
    String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    values.add(size + 1);
    List<Row<T>> rows = Database.query(connection, select + where + " ORDER BY " + order + " DESC LIMIT ?", values,
        row -> new Row<>(row.getLong("position"), present.map(row)));
    List<Row<T>> shown = rows.subList(0, Math.min(size, rows.size()));
    String next = rows.size() > size ? String.valueOf(shown.get(size - 1).position()) : null;
    return new Page<>(shown.stream().map(Row::item).toList(), next);
  }
}
