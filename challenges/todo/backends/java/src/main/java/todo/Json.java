package todo;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON as its standard has it: Gson by itself would let much else pass. */
final class Json {
    static final Gson WITH_NULLS = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
    static final Gson WITHOUT_NULLS = new GsonBuilder().disableHtmlEscaping().create();

    private Json() {}

    /** Throws an IOException for anything but one JSON value. */
    static JsonElement parse(String text) throws IOException {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        try {
            JsonElement value = JsonParser.parseReader(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IOException("more than one value");
            }
            return value;
        } catch (JsonParseException error) {
            throw new IOException(error);
        }
    }

    /** Where Java would put replacement characters for invalid bytes, this throws. */
    static String decodeUtf8(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
}
