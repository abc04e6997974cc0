package blog;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Set;
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
  Rule EMAIL = matches("[A-Za-z0-9._+-]+@([A-Za-z0-9-]+\\.)+[A-Za-z]{2,}", "must be an e-mail address", 200);
  Rule PASSWORD = text(8, 100);
  Rule NAME = text(1, 80);
  Rule BIO = nullable(text(0, 500));
  Rule AVATAR_URL = nullable(matches("https://[A-Za-z0-9.-]+(/[A-Za-z0-9._~-]+)*", "must be an https URL", 200));
  Rule WEBSITE_URL = matches("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?",
      "must be the URL of a website", 200);
  Rule SLUG = matches("[a-z0-9]+(-[a-z0-9]+)*", "must be small letters and digits, with hyphens between", 80);
  Rule TITLE = text(1, 200);
  Rule TEXT = text(0, 10_000);
  Rule COMMENT = text(1, 2000);
  Rule TAG = matches("[a-z0-9-]{1,30}", "must be 1 to 30 small letters, digits and hyphens");
  Rule TAGS = value -> areTags(value) ? null : "must be a list of at most 5 different tags";
  Rule STATUS = matches("draft|published", "must be draft or published");
  Rule FILE_NAME = matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}",
      "must be a file name of letters, digits, \".\", \"_\" and \"-\"");
  Rule SEARCH = text(0, 100);
  Rule LIMIT = matches("[1-9][0-9]?|100", "must be a whole number from 1 to 100");
  Rule CURSOR = matches("[1-9][0-9]{0,17}", "must be a cursor that a list gave as `next`");
  Rule SITE_PATH = matches("/|(/[A-Za-z0-9_-]+)+", "must be a path of this site", 200);

  // Gson's getAsString turns numbers and booleans into text, so the type is asked first.
  private static boolean isString(JsonElement value) {
    return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
  }

  private static Rule matches(String regex, String complaint) {
    return matches(regex, complaint, Integer.MAX_VALUE);
  }

  private static Rule matches(String regex, String complaint, int maximum) {
    Pattern pattern = Pattern.compile(regex);
    return value -> isString(value) && value.getAsString().length() <= maximum && pattern.matcher(value.getAsString()).matches() ? null : complaint;
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

  private static boolean areTags(JsonElement value) {
    if (!value.isJsonArray() || value.getAsJsonArray().size() > 5) {
      return false;
    }
    List<JsonElement> items = value.getAsJsonArray().asList();
    return items.stream().allMatch(item -> TAG.complaint(item) == null) && Set.copyOf(items).size() == items.size();
  }
}
