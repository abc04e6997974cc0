package orders;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Answers of the REST face, written by Gson. */
final class Answer {
  static ResponseEntity<byte[]> json(int status, Object body, Map<String, String> headers) {
    byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
    String type = status < 400 ? "application/json" : "application/problem+json";
    ResponseEntity.BodyBuilder builder = ResponseEntity.status(status);
    headers.forEach(builder::header);
    builder.contentType(MediaType.parseMediaType(type)).header(HttpHeaders.CONTENT_LENGTH, String.valueOf(bytes.length));
    return builder.body(bytes);
  }

  static ResponseEntity<byte[]> json(int status, Object body) {
    return json(status, body, Map.of());
  }

  static ResponseEntity<byte[]> problem(Problem problem) {
    return json(problem.status, problem.body, problem.headers);
  }
}
