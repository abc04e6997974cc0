package ledger;

import com.google.gson.JsonObject;
import com.zaxxer.hikari.HikariDataSource;
import io.javalin.Javalin;
import io.javalin.http.Context;

public final class Main {
  public static void main(String[] arguments) {
    // Begin here: create your tables through this pool, before the server starts. What must hold is in brief.md, every path
    // and field in openapi.yaml; `assay check` tells what holds already.
    HikariDataSource database = new HikariDataSource();
    database.setJdbcUrl(System.getenv("JDBC_DATABASE_URL"));

    Javalin app = Javalin.create(config -> config.showJavalinBanner = false);
    // The first operation to write: insert the account, then answer 201 with it, a Location and an ETag.
    app.post("/accounts",
        context -> sendProblem(context, 501, "Not Implemented", "Opening an account is not written yet."));
    app.error(404, context -> sendProblem(context, 404, "Not Found", "There is nothing here yet."));

    String host = System.getenv().getOrDefault("HOST", "127.0.0.1");
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    app.start(host, port);
  }

  private static void sendProblem(Context context, int status, String title, String detail) {
    JsonObject problem = new JsonObject();
    problem.addProperty("type", "about:blank");
    problem.addProperty("title", title);
    problem.addProperty("status", status);
    problem.addProperty("detail", detail);
    context.status(status).contentType("application/problem+json").result(problem.toString());
  }
}
