package todo;

import com.google.gson.Gson;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.util.Map;

public final class Main {
    public static void main(String[] arguments) {
        // JDBC_DATABASE_URL names the database. Create the tables before the server starts.
        Javalin app = Javalin.create(config -> config.showJavalinBanner = false);

        // Begin here: keep the todo and answer 201 with Location and ETag. Then run `assay check` and read the first finding.
        app.post("/todos", context -> sendProblem(context, 501, "Not Implemented", "Todos cannot be created yet."));
        app.error(404, context -> sendProblem(context, 404, "Not Found", "There is nothing at this path yet."));

        String host = System.getenv().getOrDefault("HOST", "127.0.0.1");
        app.start(host, Integer.parseInt(System.getenv().getOrDefault("PORT", "8080")));
    }

    private static void sendProblem(Context context, int status, String title, String detail) {
        Map<String, Object> problem = Map.of("type", "about:blank", "title", title, "status", status, "detail", detail);
        context.status(status).contentType("application/problem+json").result(new Gson().toJson(problem));
    }
}
