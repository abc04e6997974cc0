package orders;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** An error of the REST face, told as problem details (RFC 9457). */
final class Problem extends RuntimeException {
  final int status;
  final Map<String, Object> body;
  final Map<String, String> headers;

  private Problem(int status, String type, String title, String detail, Map<String, ?> more, Map<String, String> headers) {
    super(detail, null, false, false);
    this.status = status;
    this.body = body(status, type, title, detail, more);
    this.headers = headers;
  }

  Problem(int status, String detail, Map<String, String> headers) {
    this(status, "about:blank", titleOf(status), detail, Map.of(), headers);
  }

  Problem(int status, String detail) {
    this(status, detail, Map.of());
  }

  static Problem notFound() {
    return new Problem(404, "There is nothing here by that id or path.");
  }

  /** @param errors each with `detail`, and `pointer` or `parameter` */
  static Problem invalid(List<Map<String, String>> errors) {
    return new Problem(400, "urn:orders:invalid-request", "Invalid request", "The request is not as documented.",
        Map.of("errors", errors), Map.of());
  }

  /** What is a declared fault over SOAP is a type of problem here, with the same values. */
  static Problem refused(Refusal refusal) {
    String name = refusal.kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    String title = refusal.kind.name().charAt(0) + name.substring(1).replace('-', ' ');
    int status = refusal.kind == Refusal.Kind.NOT_FOUND ? 404 : 409;
    return new Problem(status, "urn:orders:" + name, title, refusal.getMessage(), refusal.details, Map.of());
  }

  static Map<String, Object> body(int status, String type, String title, String detail, Map<String, ?> more) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", type);
    body.put("title", title);
    body.put("status", status);
    body.put("detail", detail);
    body.putAll(more);
    return body;
  }

  static String titleOf(int status) {
    HttpStatus known = HttpStatus.resolve(status);
    return known == null ? "Error" : known.getReasonPhrase();
  }
}
