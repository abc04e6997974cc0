package blog;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import blog.Problem.InputError;
import blog.Rules.Rule;

/** Reads requests, and refuses what is not as documented. */
final class Input {
  private static final int BODY_LIMIT = 256 * 1024;

  /** Returns the body when it is a JSON object of these fields; throws a problem that lists what is wrong. */
  static JsonObject body(HttpServletRequest request, String mediaType, Map<String, Rule> fields, Set<String> required) {
    return checkBody(json(request, mediaType), fields, required, "");
  }

  static JsonElement json(HttpServletRequest request, String mediaType) {
    return Json.parse(bytes(request, mediaType));
  }

  /** The body as it came; it is in UTF-8 by its own account. */
  static byte[] bytes(HttpServletRequest request, String mediaType) {
    String contentType = request.getContentType() == null ? "" : request.getContentType().toLowerCase(Locale.ROOT);
    List<String> parts = Arrays.stream(contentType.split(";", -1)).map(String::trim).toList();
    boolean utf8 = parts.stream().filter(part -> part.startsWith("charset="))
        .allMatch(part -> part.equals("charset=utf-8") || part.equals("charset=\"utf-8\""));
    if (!parts.get(0).equals(mediaType) || !utf8) {
      throw new Problem(415, "The body must be " + mediaType + " in UTF-8.");
    }
    String encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new Problem(415, "The body must not be encoded.");
    }
    return read(request);
  }

  private static byte[] read(HttpServletRequest request) {
    byte[] bytes;
    try {
      InputStream stream = request.getInputStream();
      bytes = stream.readNBytes(BODY_LIMIT + 1);
      if (bytes.length > BODY_LIMIT) {
        // A client that is still sending would lose the answer if the connection were closed on it: read on for a while.
        stream.skip(16 * 1024 * 1024);
      }
    } catch (IOException | RuntimeException error) {
      throw new Problem(400, "The body cannot be read.");
    }
    if (bytes.length > BODY_LIMIT) {
      throw new Problem(413, "The body is over 256 KiB.");
    }
    return bytes;
  }

  static JsonObject checkBody(JsonElement body, Map<String, Rule> fields, Set<String> required, String at) {
    if (!body.isJsonObject()) {
      throw Problem.invalid(List.of(new InputError(at, null, "must be an object")));
    }
    JsonObject object = body.getAsJsonObject();
    List<InputError> errors = new ArrayList<>();
    if (!fields.keySet().containsAll(object.keySet())) {
      errors.add(new InputError(at, null, "may only have " + String.join(", ", fields.keySet())));
    }
    fields.forEach((name, rule) -> {
      String missing = required.contains(name) ? "is required" : null;
      String complaint = object.has(name) ? rule.complaint(object.get(name)) : missing;
      if (complaint != null) {
        errors.add(new InputError(at + "/" + name, null, complaint));
      }
    });
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
    return object;
  }

  /** The text of a field, or null when it is null or left out. */
  static String textOf(JsonObject object, String name) {
    return object.has(name) && !object.get(name).isJsonNull() ? object.get(name).getAsString() : null;
  }

  /** Returns the query parameters named in `fields`, without those left out. */
  static Map<String, String> query(HttpServletRequest request, Map<String, Rule> fields, Set<String> required) {
    Map<String, List<String>> given = parseQuery(request.getQueryString());
    Map<String, String> values = new HashMap<>();
    List<InputError> errors = new ArrayList<>();
    fields.forEach((name, rule) -> {
      List<String> all = given.getOrDefault(name, List.of());
      if (all.isEmpty()) {
        if (required.contains(name)) {
          errors.add(new InputError(null, name, "is required"));
        }
        return;
      }
      String complaint = all.size() > 1 ? "is given twice" : rule.complaint(all.get(0));
      if (complaint != null) {
        errors.add(new InputError(null, name, complaint));
      }
      values.put(name, all.get(0));
    });
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
    return values;
  }

  /** The server's own parser would let malformed percent-encoding and invalid UTF-8 pass as other text. */
  private static Map<String, List<String>> parseQuery(String query) {
    Map<String, List<String>> parameters = new HashMap<>();
    try {
      for (String pair : (query == null ? "" : query).split("&")) {
        String[] parts = pair.split("=", 2);
        String value = parts.length == 2 ? decode(parts[1]) : "";
        parameters.computeIfAbsent(decode(parts[0]), name -> new ArrayList<>()).add(value);
      }
      return parameters;
    } catch (IllegalArgumentException | CharacterCodingException error) {
      throw new Problem(400, "The query is not percent-encoded UTF-8.");
    }
  }

  private static String decode(String text) throws CharacterCodingException {
    byte[] bytes = URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** Whether a list of entity tags (If-Match, If-None-Match) names this one. */
  static boolean lists(String header, String etag) {
    return Arrays.stream(header.split(",")).map(String::trim).anyMatch(tag -> tag.equals("*") || tag.equals(etag));
  }
}
