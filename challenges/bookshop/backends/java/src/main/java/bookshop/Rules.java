package bookshop;

import bookshop.Problem.InputError;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** What values may be. A rule takes a value and returns what is wrong with it, or null. */
interface Rules {
  interface Rule {
    String complaint(JsonElement value);

    default String complaint(String value) {
      return complaint(new JsonPrimitive(value));
    }
  }

  String ID_PATTERN = "[1-9][0-9]{0,9}";

  Rule ID = integer(1, Integer.MAX_VALUE);
  Rule COPIES = integer(1, 1000);
  Rule STOCK = integer(0, Book.MOST_COPIES);
  Rule NAME = text(1, 120);
  Rule TITLE = text(1, 200);
  Rule SEARCH = text(3, 200);
  Rule ISBN = matches("[0-9]{13}", "must be thirteen digits");
  Rule GENRE = matches("novel|crime|poetry|science|history|children", "must be one of the genres");
  Rule PRICE = matches("(0|[1-9][0-9]{0,4})\\.[0-9]{2}", "must be a string such as \"12.50\", up to \"99999.99\"");
  Rule AUTHOR_IDS = unique(list(ID, 1, 10));
  Rule LINES = list(object(Map.of("bookId", ID, "copies", COPIES)), 1, 20);
  Rule QUERY_ID = digits(ID);
  Rule LIMIT = digits(integer(1, 100));
  Rule CURSOR = matches("[A-Za-z0-9_=-]{1,2000}", "must be a cursor that a list gave as `next`");
  Rule BOOLEAN = matches("true|false", "must be true or false");
  Rule SORT = matches("newest|title|-?price", "must be one of the orders");
  Rule STATUS = matches("placed|cancelled", "must be placed or cancelled");

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

  private static Rule integer(int minimum, int maximum) {
    String complaint = "must be a whole number from " + minimum + " to " + maximum;
    return value -> {
      if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
        return complaint;
      }
      try {
        BigDecimal number = new BigDecimal(value.getAsString());
        boolean inside = number.compareTo(BigDecimal.valueOf(minimum)) >= 0
            && number.compareTo(BigDecimal.valueOf(maximum)) <= 0;
        // JSON's 2.0 is the integer 2.
        return inside && number.stripTrailingZeros().scale() <= 0 ? null : complaint;
      } catch (NumberFormatException tooLong) {
        return complaint;
      }
    };
  }

  /** The same of a number in a query. */
  private static Rule digits(Rule rule) {
    return value -> rule.complaint(
        value.getAsString().matches(ID_PATTERN) ? new JsonPrimitive(Long.parseLong(value.getAsString())) : value);
  }

  private static Rule list(Rule rule, int minimum, int maximum) {
    return value -> {
      if (!value.isJsonArray() || value.getAsJsonArray().size() < minimum || value.getAsJsonArray().size() > maximum) {
        return "must be a list of " + minimum + " to " + maximum + " items";
      }
      return value.getAsJsonArray().asList().stream().map(rule::complaint).filter(Objects::nonNull).findFirst().orElse(null);
    };
  }

  private static Rule unique(Rule rule) {
    return value -> {
      String complaint = rule.complaint(value);
      if (complaint != null) {
        return complaint;
      }
      List<Integer> items = integers(value);
      return new HashSet<>(items).size() == items.size() ? null : "must not have the same item twice";
    };
  }

  private static Rule object(Map<String, Rule> fields) {
    return value -> {
      List<InputError> errors = Input.errorsOf(value, fields, fields.keySet());
      return errors.isEmpty() ? null : (errors.get(0).pointer() + " " + errors.get(0).detail()).trim();
    };
  }

  static int integerOf(JsonElement value) {
    return value.getAsBigDecimal().intValueExact();
  }

  static List<Integer> integers(JsonElement list) {
    return list.getAsJsonArray().asList().stream().map(Rules::integerOf).toList();
  }
}
