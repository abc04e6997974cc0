package ledger;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An error that is told to the client, as problem details (RFC 9457). */
final class Problem extends RuntimeException {
  record InputError(String pointer, String parameter, String detail) {}

  record Body(String type, String title, int status, String detail, List<InputError> errors) {}

  private static final Map<Integer, String> TITLES = Map.of(
      400, "Bad Request", 404, "Not Found", 405, "Method Not Allowed", 412, "Precondition Failed",
      413, "Content Too Large", 415, "Unsupported Media Type",
      500, "Internal Server Error", 503, "Service Unavailable");

  final Body body;
  final Map<String, String> headers;

  private Problem(Body body, Map<String, String> headers) {
    super(body.detail(), null, false, false);
    this.body = body;
    this.headers = headers;
  }

  Problem(int status, String detail, Map<String, String> headers) {
    this(new Body("about:blank", TITLES.get(status), status, detail, null), headers);
  }

  Problem(int status, String detail) {
    this(status, detail, Map.of());
  }

  static Problem notFound() {
    return new Problem(404, "There is nothing here by that id or path.");
  }

  static Problem invalid(List<InputError> errors) {
    String type = "urn:ledger:invalid-request";
    return new Problem(
        new Body(type, "Invalid request", 400, "The request is not as documented.", errors), Map.of());
  }

  enum Refusal {
    UNKNOWN_ACCOUNT(404, "There is no such account."),
    ACCOUNT_IN_USE(409, "The account has entries, so it cannot be deleted."),
    OVERDRAFT_IN_USE(409, "The account is overdrawn by more than the new limit."),
    CURRENCY_MISMATCH(409, "The accounts are in different currencies."),
    INSUFFICIENT_FUNDS(409, "The paying account has too little money."),
    BALANCE_LIMIT(409, "The receiving balance would be too large."),
    SAME_ACCOUNT(422, "Both accounts are the same."),
    KEY_REUSED(422, "This Idempotency-Key was used with another request.");

    private final int status;
    private final String detail;

    Refusal(int status, String detail) {
      this.status = status;
      this.detail = detail;
    }

    Problem problem() {
      String name = name().toLowerCase(Locale.ROOT).replace('_', '-');
      String title = name().charAt(0) + name.substring(1).replace('-', ' ');
      return new Problem(new Body("urn:ledger:" + name, title, status, detail, null), Map.of());
    }
  }
}
