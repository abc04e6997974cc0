package bookshop;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

final class Json {
  private static final Gson WITH_NULLS = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
  private static final Gson WITHOUT_NULLS = new GsonBuilder().disableHtmlEscaping().create();

  /** Nulls are written, except in problems, whose members are absent when there is nothing to say. */
  static String write(Object value) {
    return (value instanceof Problem.Body ? WITHOUT_NULLS : WITH_NULLS).toJson(value);
  }

  /** Gson reads much that is not JSON unless it is told to be strict, and even then ignores what follows the value. */
  static JsonElement parse(byte[] bytes) {
    try {
      // A new decoder reports malformed input, which `new String` would replace.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      JsonReader reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      JsonElement value = WITH_NULLS.getAdapter(JsonElement.class).read(reader);
      if (text.startsWith("\uFEFF") || reader.peek() != JsonToken.END_DOCUMENT) {
        throw new JsonParseException("not one JSON value");
      }
      return value;
    } catch (CharacterCodingException error) {
      throw new Problem(400, "The body is not JSON in UTF-8.");
    } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException error) {
      throw new Problem(400, "The body is not JSON in UTF-8.");
    }
  }
}
