package ledger;

import com.google.gson.JsonObject;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import ledger.Rules.Rule;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP side: which request goes where, and how answers are written. */
final class Api {
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);

  private static final Map<String, Rule> PAGING = fields("limit", Rules.LIMIT, "cursor", Rules.CURSOR);
  private static final Map<String, Rule> ACCOUNT = fields("name", Rules.NAME, "currency", Rules.CURRENCY,
      "overdraftLimit", Rules.OVERDRAFT_LIMIT, "reference", Rules.NOTE);
  private static final Map<String, Rule> ACCOUNT_PATCH =
      fields("name", Rules.NAME, "overdraftLimit", Rules.OVERDRAFT_LIMIT, "reference", Rules.NOTE);
  private static final Map<String, Rule> DEPOSIT =
      fields("accountId", Rules.UUID, "amount", Rules.AMOUNT, "memo", Rules.NOTE);
  private static final Map<String, Rule> TRANSFER = fields("fromAccountId", Rules.UUID, "toAccountId", Rules.UUID,
      "amount", Rules.AMOUNT, "memo", Rules.NOTE);

  private final Accounts accounts;
  private final Movements movements;

  private Api(Accounts accounts, Movements movements) {
    this.accounts = accounts;
    this.movements = movements;
  }

  static Javalin create(Accounts accounts, Movements movements) {
    Api api = new Api(accounts, movements);
    Javalin app = Javalin.create(Api::configure);
    route(app, "/accounts", Map.of("GET", api::listAccounts, "POST", api::createAccount), "GET, HEAD, POST");
    route(app, "/accounts/{accountId}",
        Map.of("GET", api::getAccount, "PATCH", api::updateAccount, "DELETE", api::deleteAccount),
        "GET, HEAD, PATCH, DELETE");
    route(app, "/accounts/{accountId}/entries", Map.of("GET", api::listEntries), "GET, HEAD");
    route(app, "/deposits", Map.of("POST", api::createDeposit), "POST");
    route(app, "/deposits/{depositId}", Map.of("GET", api::getDeposit), "GET, HEAD");
    route(app, "/transfers", Map.of("GET", api::listTransfers, "POST", api::createTransfer), "GET, HEAD, POST");
    route(app, "/transfers/{transferId}", Map.of("GET", api::getTransfer), "GET, HEAD");
    app.exception(Problem.class, Api::sendProblem);
    app.exception(HttpResponseException.class, (error, context) -> sendProblem(Problem.notFound(), context));
    app.exception(Exception.class, (error, context) -> sendProblem(internal(error), context));
    return app;
  }

  private static void configure(JavalinConfig config) {
    config.showJavalinBanner = false;
    config.router.ignoreTrailingSlashes = false;
    config.http.disableCompression();
    config.jetty.modifyServer(server -> {
      // Counts the requests under way, so that stopping can wait for them.
      server.setHandler(new StatisticsHandler());
      server.setStopTimeout(10_000);
      server.setErrorHandler(new MalformedRequests());
    });
    // Odd paths are for the routes to refuse, with a problem; Jetty would answer in HTML.
    config.jetty.modifyHttpConfiguration(http -> {
      http.setUriCompliance(UriCompliance.UNSAFE);
      http.setSendServerVersion(false);
    });
  }

  /** HEAD is answered as GET; any other method that has no handler is refused. */
  private static void route(Javalin app, String path, Map<String, Handler> handlers, String allow) {
    app.before(path, context -> {
      context.pathParamMap().keySet().forEach(name -> id(context, name));
      if (!Set.of(allow.split(", ")).contains(context.req().getMethod())) {
        throw new Problem(405, "This path answers " + allow + ".", Map.of("Allow", allow));
      }
    });
    handlers.forEach((method, handler) -> app.addHttpHandler(HandlerType.valueOf(method), path, handler));
    if (handlers.containsKey("GET")) {
      app.addHttpHandler(HandlerType.HEAD, path, handlers.get("GET"));
    }
  }

  private void createAccount(Context context) {
    JsonObject body = Input.body(context, "application/json", ACCOUNT, Set.of("name", "currency"));
    Accounts.Tagged account = accounts.create(body);
    context.header("Location", "/accounts/" + account.view().id()).header("ETag", account.etag());
    send(context, 201, Json.write(account.view()));
  }

  private void listAccounts(Context context) {
    Map<String, Rule> fields = withPaging("currency", Rules.CURRENCY, "q", Rules.SEARCH);
    send(context, 200, Json.write(accounts.list(Input.query(context, fields))));
  }

  private void getAccount(Context context) {
    Accounts.Tagged account = accounts.get(id(context, "accountId"));
    context.header("ETag", account.etag());
    String ifNoneMatch = context.header("If-None-Match");
    if (ifNoneMatch != null && Input.lists(ifNoneMatch.replace("W/", ""), account.etag())) {
      context.status(304);
    } else {
      send(context, 200, Json.write(account.view()));
    }
  }

  private void updateAccount(Context context) {
    JsonObject changes = Input.body(context, "application/merge-patch+json", ACCOUNT_PATCH, Set.of());
    String ifMatch = context.header("If-Match");
    Accounts.Tagged account = accounts.update(id(context, "accountId"), changes,
        etag -> ifMatch == null || Input.lists(ifMatch, etag));
    context.header("ETag", account.etag());
    send(context, 200, Json.write(account.view()));
  }

  private void deleteAccount(Context context) {
    accounts.delete(id(context, "accountId"));
    context.status(204);
  }

  private void listEntries(Context context) {
    Map<String, String> parameters =
        Input.query(context, withPaging("from", Rules.DATE, "to", Rules.DATE));
    send(context, 200, Json.write(movements.listEntries(id(context, "accountId"), parameters)));
  }

  private void createDeposit(Context context) {
    JsonObject deposit = Input.body(context, "application/json", DEPOSIT, Set.of("accountId", "amount"));
    UUID account = UUID.fromString(Input.textOf(deposit, "accountId"));
    move(context, new Movements.Request(
        null, account, Input.textOf(deposit, "amount"), Input.textOf(deposit, "memo")));
  }

  private void createTransfer(Context context) {
    Set<String> required = Set.of("fromAccountId", "toAccountId", "amount");
    JsonObject transfer = Input.body(context, "application/json", TRANSFER, required);
    UUID from = UUID.fromString(Input.textOf(transfer, "fromAccountId"));
    UUID to = UUID.fromString(Input.textOf(transfer, "toAccountId"));
    move(context, new Movements.Request(
        from, to, Input.textOf(transfer, "amount"), Input.textOf(transfer, "memo")));
  }

  private void move(Context context, Movements.Request request) {
    Movements.Answer answer = movements.move(Input.idempotencyKey(context), request);
    if (answer.location() != null) {
      context.header("Location", answer.location());
    }
    if (answer.replayed()) {
      context.header("Idempotency-Replayed", "true");
    }
    send(context, answer.status(), answer.body());
  }

  private void getDeposit(Context context) {
    send(context, 200, Json.write(movements.getDeposit(id(context, "depositId"))));
  }

  private void listTransfers(Context context) {
    Map<String, String> parameters = Input.query(context, withPaging("accountId", Rules.UUID));
    send(context, 200, Json.write(movements.listTransfers(parameters)));
  }

  private void getTransfer(Context context) {
    send(context, 200, Json.write(movements.getTransfer(id(context, "transferId"))));
  }

  private static UUID id(Context context, String name) {
    String text = context.pathParam(name);
    if (!text.matches(Rules.UUID_PATTERN)) {
      throw Problem.notFound();
    }
    return UUID.fromString(text);
  }

  private static void send(Context context, int status, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    context.status(status).contentType(status < 400 ? "application/json" : "application/problem+json");
    context.header("Content-Length", String.valueOf(bytes.length));
    if (context.method() != HandlerType.HEAD) {
      context.result(bytes);
    }
  }

  private static void sendProblem(Problem problem, Context context) {
    problem.headers.forEach(context::header);
    send(context, problem.body.status(), Json.write(problem.body));
  }

  private static Problem internal(Exception error) {
    LOG.error("A request failed", error);
    boolean unavailable = error instanceof Database.DatabaseException failure && failure.isUnavailable();
    return unavailable
        ? new Problem(503, "The ledger cannot reach its database.", Map.of("Retry-After", "1"))
        : new Problem(500, "Something went wrong on our side.");
  }

  /** Pairs of a name and its rule, in that order. */
  private static Map<String, Rule> fields(Object... namesAndRules) {
    Map<String, Rule> fields = new LinkedHashMap<>();
    for (int index = 0; index < namesAndRules.length; index += 2) {
      fields.put((String) namesAndRules[index], (Rule) namesAndRules[index + 1]);
    }
    return fields;
  }

  private static Map<String, Rule> withPaging(Object... namesAndRules) {
    Map<String, Rule> fields = new LinkedHashMap<>(PAGING);
    fields.putAll(fields(namesAndRules));
    return fields;
  }
}
