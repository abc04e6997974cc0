package bookshop;

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

  static Problem invalid(List<InputError> errors) {
    String type = "urn:bookshop:invalid-request";
    return new Problem(
        new Body(type, "Invalid request", 400, "The request is not as documented.", errors), Map.of());
  }

  enum Refusal {
    AUTHOR_HAS_BOOKS(409, "The author has books, so they cannot be removed."),
    ISBN_TAKEN(409, "There is a book with this ISBN."),
    BOOK_ORDERED(409, "The book is in an order, so it cannot be removed."),
    SHELF_FULL(409, "There is no room for so many copies."),
    OUT_OF_STOCK(409, "There are too few copies of a book."),
    ALREADY_CANCELLED(409, "The order was cancelled before."),
    UNKNOWN_AUTHOR(422, "One of the authors is not there."),
    BOOK_TWICE(422, "A book is in two lines."),
    UNKNOWN_BOOK(422, "One of the books is not there.");

    private final int status;
    private final String detail;

    Refusal(int status, String detail) {
      this.status = status;
      this.detail = detail;
    }

    Problem problem() {
      String name = name().toLowerCase(Locale.ROOT).replace('_', '-');
      String title = name().charAt(0) + name.substring(1).replace('-', ' ');
      return new Problem(new Body("urn:bookshop:" + name, title, status, detail, null), Map.of());
    }
  }
}
