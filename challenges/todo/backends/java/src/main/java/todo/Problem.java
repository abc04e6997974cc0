package todo;

import java.util.List;

/** Thrown to end a request with an error of the client's. {@code errors} names the values that are invalid; null for none. */
final class Problem extends RuntimeException {
    /** Where a value is wrong, in the body or in the query, and what it must be. */
    record Invalid(String pointer, String parameter, String detail) {}

    /** The body of an answer, as RFC 9457 has it. Gson leaves out what is null. */
    record Body(String type, String title, int status, String detail, List<Invalid> errors) {}

    final int status;
    final List<Invalid> errors;

    Problem(int status, String detail) {
        this(status, detail, null);
    }

    private Problem(int status, String detail, List<Invalid> errors) {
        super(detail, null, false, false);
        this.status = status;
        this.errors = errors;
    }

    static Problem invalidValue(String pointer, String detail) {
        return new Problem(400, "The body is not as documented.", List.of(new Invalid(pointer, null, detail)));
    }

    static Problem invalidParameter(String name, String detail) {
        return new Problem(400, "The query is not as documented.", List.of(new Invalid(null, name, detail)));
    }

    Body body() {
        String title = switch (status) {
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            default -> status < 500 ? "Client Error" : "Internal Server Error";
        };
        return new Body("about:blank", title, status, getMessage(), errors);
    }
}
