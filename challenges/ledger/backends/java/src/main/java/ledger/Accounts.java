package ledger;

import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import ledger.Problem.Refusal;

final class Accounts {
  /** An account as the API shows it. */
  record View(UUID id, String name, String currency, String balance, String overdraftLimit, String reference,
      String createdAt) {}

  /** A view and the entity tag that goes with it. */
  record Tagged(String etag, View view) {}

  private static final String COLUMNS =
      "id, position, version, name, currency, balance, overdraft_limit, reference, created_at";

  private final Database database;

  Accounts(Database database) {
    this.database = database;
  }

  Tagged create(JsonObject account) {
    String limit = account.has("overdraftLimit") ? Input.textOf(account, "overdraftLimit") : "0.00";
    List<Object> values = Arrays.asList(Input.textOf(account, "name"), Input.textOf(account, "currency"),
        new BigDecimal(limit), Input.textOf(account, "reference"));
    String sql = "INSERT INTO accounts (name, currency, overdraft_limit, reference) VALUES (?, ?, ?, ?) RETURNING "
        + COLUMNS;
    return database.run(connection -> Database.queryOne(connection, sql, values, Accounts::tagged).orElseThrow());
  }

  Tagged get(UUID id) {
    return database.run(connection -> find(connection, id, ""));
  }

  /** @param isCurrent whether the client's If-Match allows the change of an account with this entity tag */
  Tagged update(UUID id, JsonObject changes, Predicate<String> isCurrent) {
    return database.transaction(connection -> {
      Tagged account = find(connection, id, " FOR UPDATE");
      if (!isCurrent.test(account.etag())) {
        throw new Problem(412, "The account has changed since it was read.");
      }
      View view = account.view();
      String name = changes.has("name") ? Input.textOf(changes, "name") : view.name();
      String reference = changes.has("reference") ? Input.textOf(changes, "reference") : view.reference();
      BigDecimal limit = new BigDecimal(
          changes.has("overdraftLimit") ? Input.textOf(changes, "overdraftLimit") : view.overdraftLimit());
      if (new BigDecimal(view.balance()).compareTo(limit.negate()) < 0) {
        throw Refusal.OVERDRAFT_IN_USE.problem();
      }
      String sql = "UPDATE accounts SET name = ?, reference = ?, overdraft_limit = ?, version = version + 1"
          + " WHERE id = ? RETURNING " + COLUMNS;
      return Database.queryOne(connection, sql, Arrays.asList(name, reference, limit, id), Accounts::tagged)
          .orElseThrow();
    });
  }

  void delete(UUID id) {
    try {
      int deleted = database.run(connection -> Database.update(connection, "DELETE FROM accounts WHERE id = ?", id));
      if (deleted == 0) {
        throw Problem.notFound();
      }
    } catch (Database.DatabaseException error) {
      throw error.isForeignKeyViolation() ? Refusal.ACCOUNT_IN_USE.problem() : error;
    }
  }

  ListQuery.Page<View> list(Map<String, String> parameters) {
    ListQuery query = new ListQuery("SELECT " + COLUMNS + " FROM accounts", "position", parameters.get("cursor"));
    if (parameters.containsKey("currency")) {
      query.where("currency = ?", parameters.get("currency"));
    }
    if (parameters.containsKey("q")) {
      query.where("strpos(name, ?) > 0", parameters.get("q"));
    }
    return database.run(connection -> query.page(connection, parameters.get("limit"), row -> tagged(row).view()));
  }

  static Tagged find(Connection connection, UUID id, String lock) throws SQLException {
    String sql = "SELECT " + COLUMNS + " FROM accounts WHERE id = ?" + lock;
    return Database.queryOne(connection, sql, List.of(id), Accounts::tagged).orElseThrow(Problem::notFound);
  }

  private static Tagged tagged(ResultSet row) throws SQLException {
    View view = new View(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("currency"),
        row.getBigDecimal("balance").toPlainString(),
        row.getBigDecimal("overdraft_limit").toPlainString(),
        row.getString("reference"),
        row.getObject("created_at", OffsetDateTime.class).toInstant().toString());
    return new Tagged('"' + row.getString("version") + '"', view);
  }
}
