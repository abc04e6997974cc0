package bookshop;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Answers, written by Gson. */
final class Answer {
  static ResponseEntity<byte[]> json(int status, Object body, Map<String, String> headers) {
    String type = status < 400 ? "application/json" : "application/problem+json";
    return of(status, type, Json.write(body), headers);
  }

  static ResponseEntity<byte[]> json(int status, Object body) {
    return json(status, body, Map.of());
  }

  static ResponseEntity<byte[]> problem(Problem problem) {
    return json(problem.body.status(), problem.body, problem.headers);
  }

  static ResponseEntity<byte[]> empty(int status) {
    return ResponseEntity.status(status).build();
  }

  private static ResponseEntity<byte[]> of(int status, String type, String text, Map<String, String> headers) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ResponseEntity.BodyBuilder builder = ResponseEntity.status(status);
    headers.forEach(builder::header);
    builder.contentType(MediaType.parseMediaType(type)).header(HttpHeaders.CONTENT_LENGTH, String.valueOf(bytes.length));
    return builder.body(bytes);
  }
}
