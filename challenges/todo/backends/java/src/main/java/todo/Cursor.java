package todo;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** The key and id of the last item of a page, the key as the database takes it. */
record Cursor(Object key, int id) {
    private static final Pattern INSTANT =
            Pattern.compile("[12][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z");

    static String encode(String sort, Object key, int id) {
        String text = Json.WITH_NULLS.toJson(Arrays.asList(sort, key, id));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Cursors come back from clients: nothing in them is trusted. */
    static Cursor decode(String cursor, String sort) {
        try {
            JsonElement value = Json.parse(Json.decodeUtf8(Base64.getUrlDecoder().decode(cursor)));
            if (value.isJsonArray() && value.getAsJsonArray().size() == 3) {
                List<JsonElement> parts = value.getAsJsonArray().asList();
                if (parts.get(0).equals(new JsonPrimitive(sort))) {
                    return new Cursor(key(sort.replace("-", ""), parts.get(1)), integer(parts.get(2), Integer.MAX_VALUE));
                }
            }
        } catch (IOException | IllegalArgumentException | DateTimeParseException foreign) {
            // Refused below.
        }
        throw Problem.invalidParameter("cursor", "was not made by this list in this order");
    }

    private static Object key(String name, JsonElement key) {
        if (name.equals("dueAt") && key.isJsonNull()) {
            return null;
        }
        if (name.equals("position")) {
            return integer(key, 1_000_000);
        }
        String text = key.isJsonPrimitive() && key.getAsJsonPrimitive().isString() ? key.getAsString() : "\0";
        boolean isText = name.equals("title") || name.equals("name");
        if (isText ? !Input.isText(text, 0, 200) : !INSTANT.matcher(text).matches()) {
            throw new IllegalArgumentException();
        }
        return isText ? text : OffsetDateTime.parse(text);
    }

    private static int integer(JsonElement value, int most) {
        // IllegalArgumentException is also what a number beyond int becomes.
        if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber() && value.getAsString().matches("[0-9]+")) {
            int number = Integer.parseInt(value.getAsString());
            if (number <= most) {
                return number;
            }
        }
        throw new IllegalArgumentException();
    }
}
