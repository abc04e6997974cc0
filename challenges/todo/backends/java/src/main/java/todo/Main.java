package todo;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.javalin.Javalin;

public final class Main {
    public static void main(String[] arguments) throws Exception {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(System.getenv("JDBC_DATABASE_URL"));
        pool.setMaximumPoolSize(10);
        pool.setConnectionTimeout(5_000);
        HikariDataSource dataSource = new HikariDataSource(pool);
        Database database = new Database(dataSource);
        database.createTables();

        Javalin server = new Api(new Todos(database)).createServer();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.stop(); // Lets requests in flight finish.
            dataSource.close();
        }));
        String host = System.getenv().getOrDefault("HOST", "127.0.0.1");
        server.start(host, Integer.parseInt(System.getenv().getOrDefault("PORT", "8080")));
    }
}
