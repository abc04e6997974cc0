package ledger;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import ledger.Problem.Refusal;

/** Deposits and transfers: how money moves, and the entries it leaves. */
final class Movements {
  record Deposit(UUID id, UUID accountId, String amount, String currency, String memo, String createdAt) {}

  record Transfer(UUID id, UUID fromAccountId, UUID toAccountId, String amount, String currency, String memo,
      String createdAt) {}

  record Entry(long id, String at, String kind, String amount, String balanceAfter, Counterparty counterparty,
      String memo) {}

  record Counterparty(UUID id, String name) {}

  /** What is to be done: a deposit when `from` is null. Equal requests are equal as JSON. */
  record Request(UUID from, UUID to, String amount, String memo) {}

  /** The answer to a request, kept with its key; `body` is JSON text. */
  record Answer(int status, String location, String body, boolean replayed) {}

  private record LockedAccount(UUID id, String currency, BigDecimal balance, BigDecimal overdraftLimit) {}

  private static final BigDecimal BALANCE_LIMIT = new BigDecimal("1000000000000000");

  private static final String SELECT =
      "SELECT m.id, m.position, m.from_account_id, m.to_account_id, m.amount, a.currency, m.memo, m.created_at"
          + " FROM movements m JOIN accounts a ON a.id = m.to_account_id";

  private final Database database;

  Movements(Database database) {
    this.database = database;
  }

  /** Carries out a deposit or a transfer, once for its key. Refusals are answers too, so that they are kept with the key. */
  Answer move(String key, Request request) {
    String json = Json.write(request);
    return database.transaction(connection -> {
      // A second request with this key waits here until the first has committed or rolled back.
      int claimed = Database.update(connection,
          "INSERT INTO idempotency_keys (key, request) VALUES (?, ?::jsonb) ON CONFLICT (key) DO NOTHING", key, json);
      if (claimed == 0) {
        return replay(connection, key, json);
      }
      Answer answer = carryOut(connection, request);
      Database.update(connection, "UPDATE idempotency_keys SET status = ?, location = ?, body = ? WHERE key = ?",
          answer.status(), answer.location(), answer.body(), key);
      return answer;
    });
  }

  private static Answer replay(Connection connection, String key, String json) throws SQLException {
    String sql = "SELECT request = ?::jsonb AS same, status, location, body FROM idempotency_keys WHERE key = ?";
    Optional<Answer> answer = Database.queryOne(connection, sql, List.of(json, key), row -> {
      if (!row.getBoolean("same")) {
        throw Refusal.KEY_REUSED.problem();
      }
      return new Answer(row.getInt("status"), row.getString("location"), row.getString("body"), true);
    });
    return answer.orElseThrow();
  }

  private static Answer carryOut(Connection connection, Request request) throws SQLException {
    boolean transfer = request.from() != null;
    if (request.to().equals(request.from())) {
      return refuse(Refusal.SAME_ACCOUNT);
    }
    BigDecimal amount = new BigDecimal(request.amount());
    Map<UUID, LockedAccount> accounts = lock(connection, transfer ? request.from() : request.to(), request.to());
    LockedAccount payer = transfer ? accounts.get(request.from()) : null;
    LockedAccount payee = accounts.get(request.to());
    if (payee == null || (transfer && payer == null)) {
      return refuse(Refusal.UNKNOWN_ACCOUNT);
    }
    if (transfer && !payer.currency().equals(payee.currency())) {
      return refuse(Refusal.CURRENCY_MISMATCH);
    }
    if (transfer && payer.balance().add(payer.overdraftLimit()).compareTo(amount) < 0) {
      return refuse(Refusal.INSUFFICIENT_FUNDS);
    }
    if (payee.balance().add(amount).compareTo(BALANCE_LIMIT) >= 0) {
      return refuse(Refusal.BALANCE_LIMIT);
    }

    UUID id = Database.queryOne(connection,
        "INSERT INTO movements (from_account_id, to_account_id, amount, memo) VALUES (?, ?, ?, ?) RETURNING id",
        Arrays.asList(request.from(), request.to(), amount, request.memo()),
        row -> row.getObject("id", UUID.class)).orElseThrow();
    if (transfer) {
      enter(connection, id, payer.id(), amount.negate());
    }
    enter(connection, id, payee.id(), amount);
    Object movement =
        Database.queryOne(connection, SELECT + " WHERE m.id = ?", List.of(id), Movements::present).orElseThrow();
    return new Answer(201, (transfer ? "/transfers/" : "/deposits/") + id, Json.write(movement), false);
  }

  /** Locks in the order of ids, whoever pays, so that opposite transfers cannot deadlock. */
  private static Map<UUID, LockedAccount> lock(Connection connection, UUID one, UUID other) throws SQLException {
    String sql = "SELECT id, currency, balance, overdraft_limit FROM accounts WHERE id IN (?, ?) ORDER BY id FOR UPDATE";
    return Database.query(connection, sql, List.of(one, other), row -> new LockedAccount(
            row.getObject("id", UUID.class),
            row.getString("currency"),
            row.getBigDecimal("balance"),
            row.getBigDecimal("overdraft_limit")))
        .stream().collect(Collectors.toMap(LockedAccount::id, Function.identity()));
  }

  private static void enter(Connection connection, UUID movement, UUID account, BigDecimal amount)
      throws SQLException {
    BigDecimal balance = Database.queryOne(connection,
        "UPDATE accounts SET balance = balance + ?, version = version + 1 WHERE id = ? RETURNING balance",
        List.of(amount, account), row -> row.getBigDecimal("balance")).orElseThrow();
    Database.update(connection,
        "INSERT INTO entries (movement_id, account_id, amount, balance_after) VALUES (?, ?, ?, ?)",
        movement, account, amount, balance);
  }

  private static Answer refuse(Refusal refusal) {
    Problem.Body problem = refusal.problem().body;
    return new Answer(problem.status(), null, Json.write(problem), false);
  }

  Object getDeposit(UUID id) {
    return get(id, "m.from_account_id IS NULL");
  }

  Object getTransfer(UUID id) {
    return get(id, "m.from_account_id IS NOT NULL");
  }

  private Object get(UUID id, String condition) {
    String sql = SELECT + " WHERE m.id = ? AND " + condition;
    return database.run(connection -> Database.queryOne(connection, sql, List.of(id), Movements::present))
        .orElseThrow(Problem::notFound);
  }

  ListQuery.Page<Object> listTransfers(Map<String, String> parameters) {
    ListQuery query = new ListQuery(SELECT, "m.position", parameters.get("cursor"));
    query.where("m.from_account_id IS NOT NULL");
    if (parameters.containsKey("accountId")) {
      UUID account = UUID.fromString(parameters.get("accountId"));
      query.where("(m.from_account_id = ? OR m.to_account_id = ?)", account, account);
    }
    return database.run(connection -> query.page(connection, parameters.get("limit"), Movements::present));
  }

  /** The statement of an account, with the counterparties' present names in the same query. */
  ListQuery.Page<Entry> listEntries(UUID account, Map<String, String> parameters) {
    String select = "SELECT e.id AS position, e.amount, e.balance_after, m.created_at, m.from_account_id,"
        + " m.to_account_id, m.memo, c.id AS counterparty_id, c.name AS counterparty_name"
        + " FROM entries e JOIN movements m ON m.id = e.movement_id LEFT JOIN accounts c ON c.id ="
        + " CASE e.account_id WHEN m.to_account_id THEN m.from_account_id ELSE m.to_account_id END";
    ListQuery query = new ListQuery(select, "e.id", parameters.get("cursor"));
    query.where("e.account_id = ?", account);
    if (parameters.containsKey("from")) {
      query.where("m.created_at >= ?::date::timestamp AT TIME ZONE 'UTC'", LocalDate.parse(parameters.get("from")));
    }
    if (parameters.containsKey("to")) {
      LocalDate to = LocalDate.parse(parameters.get("to"));
      query.where("m.created_at < ?::date::timestamp AT TIME ZONE 'UTC'", to.plusDays(1));
    }
    return database.run(connection -> {
      Accounts.find(connection, account, "");
      return query.page(connection, parameters.get("limit"), row -> presentEntry(row, account));
    });
  }

  private static Entry presentEntry(ResultSet row, UUID account) throws SQLException {
    UUID from = row.getObject("from_account_id", UUID.class);
    UUID counterparty = row.getObject("counterparty_id", UUID.class);
    return new Entry(
        row.getLong("position"),
        timestamp(row),
        from == null ? "deposit" : from.equals(account) ? "transfer-out" : "transfer-in",
        row.getBigDecimal("amount").toPlainString(),
        row.getBigDecimal("balance_after").toPlainString(),
        counterparty == null ? null : new Counterparty(counterparty, row.getString("counterparty_name")),
        row.getString("memo"));
  }

  /** A movement as the API shows it: a deposit when no account of ours paid. */
  private static Object present(ResultSet row) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    UUID from = row.getObject("from_account_id", UUID.class);
    UUID to = row.getObject("to_account_id", UUID.class);
    String amount = row.getBigDecimal("amount").toPlainString();
    String currency = row.getString("currency");
    String memo = row.getString("memo");
    return from == null
        ? new Deposit(id, to, amount, currency, memo, timestamp(row))
        : new Transfer(id, from, to, amount, currency, memo, timestamp(row));
  }

  private static String timestamp(ResultSet row) throws SQLException {
    return row.getObject("created_at", OffsetDateTime.class).toInstant().toString();
  }
}
