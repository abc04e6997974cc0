package ledger;

import io.javalin.Javalin;

public final class Main {
  public static void main(String[] arguments) {
    Database database = new Database(System.getenv("JDBC_DATABASE_URL"));
    database.migrate();

    Javalin app = Api.create(new Accounts(database), new Movements(database));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      app.stop();
      database.close();
    }));
    String host = System.getenv().getOrDefault("HOST", "127.0.0.1");
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    app.start(host, port);
  }
}
