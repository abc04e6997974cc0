package blog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A list that is paged through by falling position, with values only in parameters. */
final class ListQuery {
  record Page<T>(List<T> items, String next) {}

  private record Row<T>(long position, T item) {}

  private final String select;
  private final String order;
  private final Map<String, String> parameters;
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  ListQuery(String select, String order, Map<String, String> parameters) {
    this.select = select;
    this.order = order;
    this.parameters = parameters;
    if (parameters.containsKey("cursor")) {
      where(order + " < ?", Long.valueOf(parameters.get("cursor")));
    }
  }

  /** Reads the parameters of a list: `limit`, `cursor` and those given. */
  static Map<String, String> parameters(HttpServletRequest request, Map<String, Rules.Rule> others) {
    Map<String, Rules.Rule> fields = new LinkedHashMap<>(others);
    fields.put("limit", Rules.LIMIT);
    fields.put("cursor", Rules.CURSOR);
    return Input.query(request, fields, Set.of());
  }

  void where(String condition, Object... conditionValues) {
    conditions.add(condition);
    values.addAll(List.of(conditionValues));
  }

  /** Runs the query: one page, and the cursor of the next. One row more than the page tells whether there is a next. */
  <T> Page<T> page(JdbcClient database, RowMapper<T> present) {
    int size = Integer.parseInt(parameters.getOrDefault("limit", "20"));
    String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    values.add(size + 1);
    List<Row<T>> rows = database.sql(select + where + " ORDER BY " + order + " DESC LIMIT ?").params(values)
        .query((row, number) -> new Row<>(row.getLong("position"), present.mapRow(row, number))).list();
    List<Row<T>> shown = rows.subList(0, Math.min(size, rows.size()));
    String next = rows.size() > size ? String.valueOf(shown.get(size - 1).position()) : null;
    return new Page<>(shown.stream().map(Row::item).toList(), next);
  }
}
