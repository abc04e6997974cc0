package todo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the bodies of requests and turns them into values for the database, by property. Nothing is coerced. */
final class Input {
    static final Set<String> PRIORITIES = Set.of("low", "normal", "high");
    private static final Pattern INSTANT = Pattern.compile(
            "(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,3})?"
                    + "(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])");
    private static final Pattern ESTIMATE = Pattern.compile("(0|[1-9][0-9]{0,5})\\.[0-9]{2}");
    private static final BigDecimal LAST_POSITION = BigDecimal.valueOf(1_000_000);

    private Input() {}

    /** The properties of a whole todo, with defaults for what is absent. */
    static Map<String, Object> todo(JsonElement body) {
        Map<String, Object> values = new HashMap<>();
        values.put("notes", null);
        values.put("done", false);
        values.put("position", 0);
        values.put("priority", "normal");
        values.put("dueAt", null);
        values.put("estimate", null);
        values.put("tags", List.of());
        values.putAll(patch(body));
        if (!values.containsKey("title")) {
            throw Problem.invalidValue("", "must have a title");
        }
        return values;
    }

    /** The properties that are there. */
    static Map<String, Object> patch(JsonElement body) {
        if (!(body instanceof JsonObject object)) {
            throw Problem.invalidValue("", "must be an object");
        }
        Map<String, Object> values = new HashMap<>();
        for (Map.Entry<String, JsonElement> member : object.entrySet()) {
            values.put(member.getKey(), property(member.getKey(), member.getValue()));
        }
        return values;
    }

    private static Object property(String name, JsonElement value) {
        return switch (name) {
            case "title" -> text("/title", value, 1, 200);
            case "notes" -> value.isJsonNull() ? null : text("/notes", value, 0, 10_000);
            case "done" -> done(value);
            case "position" -> position(value);
            case "priority" -> priority(value);
            case "dueAt" -> value.isJsonNull() ? null : instant(value);
            case "estimate" -> value.isJsonNull() ? null : estimate(value);
            case "tags" -> tags(value);
            default -> throw Problem.invalidValue("", "has a property that is not documented");
        };
    }

    /** Text that PostgreSQL can keep and UTF-8 can carry, of so many code points. */
    static boolean isText(String value, int least, int most) {
        int length = value.codePointCount(0, value.length());
        return length >= least
                && length <= most
                && value.codePoints().noneMatch(point -> point == 0 || (point >= 0xD800 && point <= 0xDFFF));
    }

    private static boolean isString(JsonElement value) {
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
    }

    private static String text(String pointer, JsonElement value, int least, int most) {
        if (!isString(value) || !isText(value.getAsString(), least, most)) {
            throw Problem.invalidValue(pointer, "must be text of %d to %d characters".formatted(least, most));
        }
        return value.getAsString();
    }

    private static boolean done(JsonElement value) {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isBoolean()) {
            throw Problem.invalidValue("/done", "must be true or false");
        }
        return value.getAsBoolean();
    }

    private static int position(JsonElement value) {
        try {
            if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()) {
                BigDecimal number = value.getAsBigDecimal();
                // First the range: the exact integer of 1e999999999 would fill the memory.
                if (number.signum() >= 0 && number.compareTo(LAST_POSITION) <= 0) {
                    return number.intValueExact(); // 1.0 is the integer 1
                }
            }
        } catch (ArithmeticException | NumberFormatException notAnInteger) {
            // Refused below.
        }
        throw Problem.invalidValue("/position", "must be an integer from 0 to 1000000");
    }

    private static String priority(JsonElement value) {
        if (!isString(value) || !PRIORITIES.contains(value.getAsString())) {
            throw Problem.invalidValue("/priority", "must be low, normal or high");
        }
        return value.getAsString();
    }

    private static OffsetDateTime instant(JsonElement value) {
        try {
            if (isString(value) && INSTANT.matcher(value.getAsString()).matches()) {
                return OffsetDateTime.parse(value.getAsString());
            }
        } catch (DateTimeParseException noSuchDay) {
            // Refused below.
        }
        throw Problem.invalidValue("/dueAt", "must be an instant in the years 1900 to 2099, or null");
    }

    private static BigDecimal estimate(JsonElement value) {
        if (!isString(value) || !ESTIMATE.matcher(value.getAsString()).matches()) {
            throw Problem.invalidValue("/estimate", "must be a decimal such as \"1.50\", or null");
        }
        return new BigDecimal(value.getAsString());
    }

    private static List<String> tags(JsonElement value) {
        if (!(value instanceof JsonArray array) || array.size() > 10) {
            throw Problem.invalidValue("/tags", "must be at most 10 texts");
        }
        List<String> tags = new ArrayList<>();
        for (JsonElement tag : array) {
            tags.add(text("/tags/" + tags.size(), tag, 1, 30));
        }
        if (new HashSet<>(tags).size() < tags.size()) {
            throw Problem.invalidValue("/tags", "must be different texts");
        }
        return tags;
    }
}
