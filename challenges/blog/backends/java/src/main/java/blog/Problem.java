package blog;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** An error that is told to the client, as problem details (RFC 9457). */
final class Problem extends RuntimeException {
  record InputError(String pointer, String parameter, String detail) {}

  record Body(String type, String title, int status, String detail, List<InputError> errors) {}

  final Body body;
  final Map<String, String> headers;

  private Problem(Body body, Map<String, String> headers) {
    super(body.detail(), null, false, false);
    this.body = body;
    this.headers = headers;
  }

  Problem(int status, String detail, Map<String, String> headers) {
    this(new Body("about:blank", HttpStatus.valueOf(status).getReasonPhrase(), status, detail, null), headers);
  }

  Problem(int status, String detail) {
    this(status, detail, Map.of());
  }

  static Problem notFound() {
    return new Problem(404, "There is nothing here by that id or path.");
  }

  static Problem unauthorized() {
    return new Problem(401, "This needs a valid token: sign in.", Map.of("WWW-Authenticate", "Bearer"));
  }

  static Problem invalid(List<InputError> errors) {
    String type = "urn:blog:invalid-request";
    return new Problem(
        new Body(type, "Invalid request", 400, "The request is not as documented.", errors), Map.of());
  }

  enum Refusal {
    FORBIDDEN(403, "You may not do this."),
    EMAIL_TAKEN(409, "Somebody has signed up with this address."),
    SLUG_TAKEN(409, "There is an article with this slug."),
    NAME_TAKEN(409, "There is a file of this name."),
    WEBSITE_UNREACHABLE(409, "There is no public website at this URL."),
    WRONG_CREDENTIALS(401, "Address and password do not belong together."),
    TOO_MANY_ATTEMPTS(429, "There were too many failed attempts for this address.");

    private final int status;
    private final String detail;

    Refusal(int status, String detail) {
      this.status = status;
      this.detail = detail;
    }

    Problem problem(Map<String, String> headers) {
      String name = name().toLowerCase(Locale.ROOT).replace('_', '-');
      String title = name().charAt(0) + name.substring(1).replace('-', ' ');
      return new Problem(new Body("urn:blog:" + name, title, status, detail, null), headers);
    }

    Problem problem() {
      return problem(Map.of());
    }
  }
}
