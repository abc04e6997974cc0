package ledger;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** What values may be. A rule takes a value and returns what is wrong with it, or null. */
interface Rules {
  interface Rule {
    String complaint(JsonElement value);

    default String complaint(String value) {
      return complaint(new JsonPrimitive(value));
    }
  }

  String UUID_PATTERN = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

  Rule UUID = matches(UUID_PATTERN, "must be a UUID");
  Rule NAME = text(1, 120);
  Rule NOTE = nullable(text(0, 140));
  Rule SEARCH = text(0, 120);
  Rule CURRENCY = matches("EUR|USD|GBP", "must be EUR, USD or GBP");
  Rule AMOUNT = matches("0\\.0[1-9]|0\\.[1-9][0-9]|[1-9][0-9]{0,11}\\.[0-9]{2}",
      "must be a string such as \"12.50\", from \"0.01\" to \"999999999999.99\"");
  Rule OVERDRAFT_LIMIT = matches("(0|[1-9][0-9]{0,11})\\.[0-9]{2}",
      "must be a string such as \"12.50\", from \"0.00\" to \"999999999999.99\"");
  Rule LIMIT = matches("[1-9][0-9]?|100", "must be a whole number from 1 to 100");
  Rule CURSOR = matches("[1-9][0-9]{0,17}", "must be a cursor that a list gave as `next`");
  Rule DATE = value -> isDate(value.getAsString()) ? null : "must be a date such as 2024-02-29";
  Rule IDEMPOTENCY_KEY = matches("[!-~]{1,64}", "is required: 1 to 64 visible ASCII characters");

  // Gson's getAsString turns numbers and booleans into text, so the type is asked first.
  private static boolean isString(JsonElement value) {
    return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
  }

  private static Rule matches(String regex, String complaint) {
    Pattern pattern = Pattern.compile(regex);
    return value -> isString(value) && pattern.matcher(value.getAsString()).matches() ? null : complaint;
  }

  private static Rule text(int minimum, int maximum) {
    return value -> {
      if (!isString(value) || value.getAsString().codePoints().anyMatch(Rules::isRefused)) {
        return "must be text without U+0000";
      }
      String text = value.getAsString();
      int length = text.codePointCount(0, text.length());
      return length >= minimum && length <= maximum
          ? null : "must have " + minimum + " to " + maximum + " characters";
    };
  }

  private static boolean isRefused(int codePoint) {
    boolean loneSurrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    return codePoint == 0 || loneSurrogate;
  }

  private static Rule nullable(Rule rule) {
    return value -> value.isJsonNull() ? null : rule.complaint(value);
  }

  private static boolean isDate(String text) {
    try {
      return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}") && LocalDate.parse(text) != null;
    } catch (DateTimeException error) {
      return false;
    }
  }
}
