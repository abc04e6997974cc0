import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Exercises pgjdbc. Argument: the port. Prints what it read, as JSON. */
public final class Driver {
  public static void main(String[] arguments) throws Exception {
    String url = "jdbc:postgresql://127.0.0.1:" + arguments[0] + "/postgres?reWriteBatchedInserts=true";
    try (Connection connection = DriverManager.getConnection(url, "scram", "secret")) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TEMP TABLE item (id int, name text, price numeric, made timestamptz, key uuid)");
      }
      insertOnce(connection);
      selectUntilPrepared(connection);
      insertBatch(connection);
      int read = readInParts(connection);
      failInTransaction(connection);
      CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
      long copied = copies.copyIn("COPY item (id) FROM STDIN", new StringReader("100\n101\n"));
      StringWriter out = new StringWriter();
      copies.copyOut("COPY (SELECT id FROM item WHERE id >= 100) TO STDOUT", out);
      System.out.println("{\"read\":" + read + ",\"copied\":" + copied + ",\"out\":" + out.toString().length() + "}");
    }
  }

  private static void insertOnce(Connection connection) throws SQLException {
    String sql = "INSERT INTO item (id, name, price, made, key) VALUES (?, ?, ?, ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, 1);
      statement.setString(2, "one");
      statement.setBigDecimal(3, new BigDecimal("1.50"));
      statement.setObject(4, OffsetDateTime.parse("2026-11-22T14:00:00.5Z"));
      statement.setObject(5, UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"));
      statement.executeUpdate();
    }
  }

  /** After five uses the driver prepares the statement at the server, and sends its parameters in binary. */
  private static void selectUntilPrepared(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT name FROM item WHERE id = ?")) {
      for (int use = 0; use < 8; use += 1) {
        statement.setInt(1, use);
        statement.executeQuery().close();
      }
    }
  }

  private static void insertBatch(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("INSERT INTO item (id, name) VALUES (?, ?)")) {
      for (int id = 2; id < 26; id += 1) {
        statement.setInt(1, id);
        statement.setString(2, "batch");
        statement.addBatch();
      }
      statement.executeBatch();
    }
    try (PreparedStatement statement = connection.prepareStatement("UPDATE item SET name = ? WHERE id = ?")) {
      for (int id = 2; id < 5; id += 1) {
        statement.setString(1, "updated");
        statement.setInt(2, id);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static int readInParts(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    int read = 0;
    try (PreparedStatement statement = connection.prepareStatement("SELECT id FROM item ORDER BY id")) {
      statement.setFetchSize(10);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) read += 1;
      }
    }
    connection.commit();
    return read;
  }

  private static void failInTransaction(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM item WHERE id = 25");
      statement.execute("SELECT nothing");
    } catch (SQLException expected) {
      connection.rollback();
    }
    connection.setAutoCommit(true);
  }
}
