package orders;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;

/** What values of the REST face may be. A rule takes a value and returns what is wrong with it, or null. */
interface Rules {
  interface Rule {
    String complaint(JsonElement value);
  }

  // What XML cannot hold could not be read over SOAP; white space at the ends would not outlast every client.
  Pattern XML_TEXT = Pattern.compile(
      "[^\\x00-\\x20\\uD800-\\uDFFF\\uFFFE\\uFFFF](?s:[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uD800-\\uDFFF\\uFFFE\\uFFFF]*"
          + "[^\\x00-\\x20\\uD800-\\uDFFF\\uFFFE\\uFFFF])?");

  Rule NAME = value -> {
    if (!isString(value) || !XML_TEXT.matcher(value.getAsString()).matches()) {
      return "must be text that XML can hold, without white space at its ends";
    }
    String text = value.getAsString();
    return text.codePointCount(0, text.length()) <= 120 ? null : "must have at most 120 characters";
  };
  Rule NOTE = value -> value.isJsonNull() ? null : NAME.complaint(value);
  Rule PRICE = value -> isString(value) && value.getAsString().matches("(0|[1-9][0-9]{0,7})\\.[0-9]{2}")
      ? null : "must be a string such as \"12.50\", up to \"99999999.99\"";
  Rule DELIVERED = integer(100_000, 1_000_000_000);
  Rule QUANTITY = integer(1, 100);
  Rule ID = integer(1, Integer.MAX_VALUE);
  Rule LINES = value -> {
    if (!value.isJsonArray() || value.getAsJsonArray().isEmpty() || value.getAsJsonArray().size() > 20) {
      return "must be a list of 1 to 20 lines";
    }
    boolean fits = value.getAsJsonArray().asList().stream().allMatch(Rules::isLine);
    return fits ? null : "must be lines of a productId and a quantity from 1 to 100";
  };
  Rule LIMIT = digits(integer(1, 100));
  Rule AFTER_ID = digits(integer(0, Integer.MAX_VALUE));

  private static boolean isLine(JsonElement value) {
    if (!value.isJsonObject() || value.getAsJsonObject().size() != 2) {
      return false;
    }
    JsonObject line = value.getAsJsonObject();
    return Map.of("productId", ID, "quantity", QUANTITY).entrySet().stream().allMatch(
        field -> line.has(field.getKey()) && field.getValue().complaint(line.get(field.getKey())) == null);
  }

  // Gson's getAsString turns numbers and booleans into text, so the type is asked first.
  private static boolean isString(JsonElement value) {
    return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
  }

  /** In JSON, 5 and 5.0 are one number. An exponent of millions is not worked out. */
  private static Rule integer(int minimum, int maximum) {
    return value -> {
      String complaint = "must be a whole number from " + minimum + " to " + maximum;
      if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
        return complaint;
      }
      BigDecimal number;
      try {
        number = new BigDecimal(value.getAsString());
      } catch (NumberFormatException error) {
        return complaint;
      }
      boolean near = Math.abs((long) number.scale()) <= 400;
      boolean fits = near && number.stripTrailingZeros().scale() <= 0
          && number.compareTo(BigDecimal.valueOf(minimum)) >= 0 && number.compareTo(BigDecimal.valueOf(maximum)) <= 0;
      return fits ? null : complaint;
    };
  }

  /** A parameter comes as text. */
  private static Rule digits(Rule rule) {
    return value -> value.getAsString().matches("-?[0-9]{1,10}")
        ? rule.complaint(new JsonPrimitive(Long.valueOf(value.getAsString()))) : rule.complaint(value);
  }
}
