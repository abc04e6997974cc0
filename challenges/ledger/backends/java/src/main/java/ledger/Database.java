package ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The pool of connections, and JDBC made short. Values go into statements only as parameters. */
final class Database implements AutoCloseable {
  interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  private final HikariDataSource pool;

  Database(String jdbcUrl) {
    // Ask every connection whether it still lives before it is lent, also one that was used a moment ago.
    System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "0");
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(jdbcUrl);
    config.setMaximumPoolSize(10);
    config.setConnectionTimeout(10_000);
    pool = new HikariDataSource(config);
  }

  /** Creates what is missing. The lock lets several servers start at once. */
  void migrate() {
    transaction(connection -> {
      try (Statement statement = connection.createStatement();
          InputStream schema = Database.class.getResourceAsStream("/schema.sql")) {
        statement.execute("SELECT pg_advisory_xact_lock(20240229)");
        return statement.execute(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException error) {
        throw new UncheckedIOException(error);
      }
    });
  }

  /** Runs work in which every statement commits by itself. */
  <T> T run(Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      return work.in(connection);
    } catch (SQLException error) {
      throw new DatabaseException(error);
    }
  }

  <T> T transaction(Work<T> work) {
    return run(connection -> {
      connection.setAutoCommit(false);
      try {
        T result = work.in(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException error) {
        try {
          connection.rollback();
        } catch (SQLException lost) {
          error.addSuppressed(lost);
        }
        throw error;
      }
    });
  }

  static <T> List<T> query(Connection connection, String sql, List<?> values, RowMapper<T> mapper)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, values); ResultSet rows = statement.executeQuery()) {
      List<T> result = new ArrayList<>();
      while (rows.next()) {
        result.add(mapper.map(rows));
      }
      return result;
    }
  }

  static <T> Optional<T> queryOne(Connection connection, String sql, List<?> values, RowMapper<T> mapper)
      throws SQLException {
    return query(connection, sql, values, mapper).stream().findFirst();
  }

  /** Returns how many rows were affected. */
  static int update(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, Arrays.asList(values))) {
      return statement.executeUpdate();
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, List<?> values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int index = 0; index < values.size(); index++) {
      statement.setObject(index + 1, values.get(index));
    }
    return statement;
  }

  @Override
  public void close() {
    pool.close();
  }

  static final class DatabaseException extends RuntimeException {
    private final String state;

    DatabaseException(SQLException cause) {
      super(cause);
      state = cause.getSQLState() == null ? "" : cause.getSQLState();
    }

    boolean isForeignKeyViolation() {
      return state.equals("23503");
    }

    /** Connection exceptions (08), a server that shuts down or ends the connection (57P), or none free in the pool. */
    boolean isUnavailable() {
      return state.startsWith("08") || state.startsWith("57P") || getCause() instanceof SQLTransientException;
    }
  }
}
