package bookshop;

import bookshop.Problem.InputError;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A list in the order of some keys, the last of them the id, so that no two rows are alike. A cursor holds the keys of the last row that was
 * shown: a page deep in the list costs no more than the first. Values are only in parameters.
 */
final class ListQuery<T> {
  record Page<R>(List<R> items, String next) {}

  /** A property to sort by, and how to read it from a row. */
  record Key<T>(String path, Rules.Rule rule, Function<T, Object> of) {}

  private final String select;
  private final Class<T> type;
  private final String list;
  private final boolean descending;
  private final List<Key<T>> keys;
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> values = new HashMap<>();

  ListQuery(String select, Class<T> type, String list, boolean descending, List<Key<T>> keys) {
    this.select = select;
    this.type = type;
    this.list = list;
    this.descending = descending;
    this.keys = keys;
  }

  /** Reads the parameters of a list: `limit`, `cursor` and those given. */
  static Map<String, String> parameters(HttpServletRequest request, Map<String, Rules.Rule> others) {
    Map<String, Rules.Rule> fields = new LinkedHashMap<>(others);
    fields.put("limit", Rules.LIMIT);
    fields.put("cursor", Rules.CURSOR);
    return Input.query(request, fields);
  }

  void where(String condition, String name, Object value) {
    conditions.add(condition);
    values.put(name, value);
  }

  /** Runs the query: one page, and the cursor of the next. One row more than the page tells whether there is a next. */
  <R> Page<R> page(EntityManager entities, Map<String, String> parameters, Function<T, R> present) {
    int size = Integer.parseInt(parameters.getOrDefault("limit", "20"));
    if (parameters.containsKey("cursor")) {
      continueAfter(parameters.get("cursor"));
    }
    String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    List<String> order = keys.stream().map(key -> key.path() + (descending ? " desc" : "")).toList();
    TypedQuery<T> query = entities.createQuery(select + where + " order by " + String.join(", ", order), type);
    values.forEach(query::setParameter);
    List<T> rows = query.setMaxResults(size + 1).getResultList();
    List<T> shown = rows.subList(0, Math.min(size, rows.size()));
    return new Page<>(shown.stream().map(present).toList(), rows.size() > size ? encode(shown.get(size - 1)) : null);
  }

  /** Compares whole rows, which an index on the keys answers; `a > x or a = x and b > y` would go through all before it. */
  private void continueAfter(String cursor) {
    List<Object> after = decode(cursor);
    List<String> paths = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int at = 0; at < keys.size(); at += 1) {
      paths.add(keys.get(at).path());
      names.add(":after" + at);
      values.put("after" + at, after.get(at));
    }
    conditions.add("(" + String.join(", ", paths) + ") " + (descending ? "<" : ">") + " (" + String.join(", ", names) + ")");
  }

  private String encode(T row) {
    List<Object> parts = new ArrayList<>(List.of(list));
    keys.forEach(key -> parts.add(key.of().apply(row) instanceof BigDecimal price ? price.toPlainString() : key.of().apply(row)));
    return Base64.getUrlEncoder().encodeToString(Json.write(parts).getBytes(StandardCharsets.UTF_8));
  }

  private List<Object> decode(String cursor) {
    try {
      JsonElement parsed = Json.parse(Base64.getUrlDecoder().decode(cursor));
      JsonArray parts = parsed.isJsonArray() ? parsed.getAsJsonArray() : new JsonArray();
      if (parts.size() == keys.size() + 1 && parts.get(0).isJsonPrimitive() && parts.get(0).getAsString().equals(list)) {
        List<Object> after = new ArrayList<>();
        for (Key<T> key : keys) {
          JsonElement part = parts.get(after.size() + 1);
          if (key.rule().complaint(part) != null) {
            throw refused();
          }
          after.add(key.rule() == Rules.ID ? (Object) Rules.integerOf(part)
              : key.rule() == Rules.PRICE ? new BigDecimal(part.getAsString()) : part.getAsString());
        }
        return after;
      }
    } catch (IllegalArgumentException | Problem notOurs) {
      // Not a cursor at all.
    }
    throw refused();
  }

  private static Problem refused() {
    return Problem.invalid(List.of(new InputError(null, "cursor", "must be the `next` of this list, with the same `sort`")));
  }
}
