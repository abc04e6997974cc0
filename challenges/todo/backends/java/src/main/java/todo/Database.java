package todo;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Short ways to run statements; every value goes as a parameter. */
record Database(DataSource dataSource) {
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Safe to run at every start, and at several starts at once: the script takes a lock. */
    void createTables() throws Exception {
        try (InputStream script = Database.class.getResourceAsStream("/schema.sql");
                Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Runs the work in one transaction and returns its result once that is committed. */
    <T> T inTransaction(Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException error) {
                try {
                    connection.rollback();
                } catch (SQLException broken) {
                    error.addSuppressed(broken); // The transaction went with its connection.
                }
                throw error;
            }
        }
    }

    <T> List<T> query(RowReader<T> reader, String sql, List<?> values) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return query(connection, reader, sql, values);
        }
    }

    static <T> List<T> query(Connection connection, RowReader<T> reader, String sql, List<?> values)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> result = new ArrayList<>();
            while (rows.next()) {
                result.add(reader.read(rows));
            }
            return result;
        }
    }

    static void update(Connection connection, String sql, List<?> values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, List<?> values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int index = 0; index < values.size(); index++) {
            statement.setObject(index + 1, values.get(index));
        }
        return statement;
    }
}
