package orders;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;

final class Json {
  // Money is written as a string: a client's JSON numbers are floating-point numbers.
  private static final Gson GSON = new GsonBuilder().serializeNulls().disableHtmlEscaping()
      .registerTypeAdapter(BigDecimal.class,
          (JsonSerializer<BigDecimal>) (money, type, context) -> new JsonPrimitive(money.toPlainString()))
      .registerTypeAdapter(OffsetDateTime.class,
          (JsonSerializer<OffsetDateTime>) (time, type, context) -> new JsonPrimitive(time.toInstant().toString()))
      .create();

  static String write(Object value) {
    return GSON.toJson(value);
  }

  /** Gson reads much that is not JSON unless it is told to be strict, and even then ignores what follows the value. */
  static JsonElement parse(byte[] bytes) {
    try {
      // A new decoder reports malformed input, which `new String` would replace.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      JsonReader reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      JsonElement value = GSON.getAdapter(JsonElement.class).read(reader);
      if (text.startsWith("\uFEFF") || reader.peek() != JsonToken.END_DOCUMENT) {
        throw new JsonParseException("not one JSON value");
      }
      return value;
    } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException error) {
      throw new Problem(400, "The body is not JSON in UTF-8.");
    }
  }
}
