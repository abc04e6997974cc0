package todo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parameters of a list, checked; null where one is absent. */
record Query(Boolean done, String priority, String tag, String q, String sort, int limit, String cursor) {
    private static final Set<String> SORTS = Set.of(
            "position", "-position", "title", "-title", "createdAt", "-createdAt", "dueAt", "-dueAt");
    static final List<String> TODO_PARAMETERS = List.of("done", "priority", "tag", "q", "sort", "limit", "cursor");
    static final List<String> TAG_PARAMETERS = List.of("limit", "cursor");

    boolean descending() {
        return sort.startsWith("-");
    }

    /** The property to sort by. */
    String sortName() {
        return descending() ? sort.substring(1) : sort;
    }

    /** Unknown, repeated and invalid parameters are refused. */
    static Query parse(String query, List<String> known) {
        Map<String, String> values = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            String[] parts = pair.split("=", 2);
            String name = decode(parts[0]);
            String value = parts.length == 1 ? "" : decode(parts[1]);
            if (!known.contains(name)) {
                throw new Problem(400, "The parameters here are " + String.join(", ", known) + ".");
            }
            if (!isValid(name, value)) {
                throw Problem.invalidParameter(name, "has a value that is not documented");
            }
            if (values.put(name, value) != null) {
                throw Problem.invalidParameter(name, "is given twice");
            }
        }
        return new Query(
                values.containsKey("done") ? Boolean.valueOf(values.get("done")) : null,
                values.get("priority"),
                values.get("tag"),
                values.get("q"),
                values.getOrDefault("sort", "position"),
                Integer.parseInt(values.getOrDefault("limit", "20")),
                values.get("cursor"));
    }

    private static boolean isValid(String name, String value) {
        return switch (name) {
            case "done" -> value.equals("true") || value.equals("false");
            case "priority" -> Input.PRIORITIES.contains(value);
            case "tag" -> Input.isText(value, 1, 30);
            case "q" -> Input.isText(value, 1, 200);
            case "sort" -> SORTS.contains(value);
            case "limit" -> value.matches("[1-9][0-9]?|100");
            case "cursor" -> Input.isText(value, 1, 1700);
            default -> false;
        };
    }

    private static String decode(String text) {
        try {
            // Byte by byte first, because URLDecoder puts replacement characters for invalid UTF-8.
            return Json.decodeUtf8(URLDecoder.decode(text, ISO_8859_1).getBytes(ISO_8859_1));
        } catch (IllegalArgumentException | IOException error) {
            throw new Problem(400, "The query is not percent-encoded UTF-8.");
        }
    }
}
