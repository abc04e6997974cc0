package blog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

  static ResponseEntity<byte[]> text(String text, Map<String, String> headers) {
    return of(200, "text/plain;charset=utf-8", text, headers);
  }

  static ResponseEntity<byte[]> empty(int status, Map<String, String> headers) {
    ResponseEntity.BodyBuilder builder = ResponseEntity.status(status);
    headers.forEach(builder::header);
    return builder.build();
  }

  /** A strong entity tag: it stands for what is written. */
  static String etag(Object body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Json.write(body).getBytes(StandardCharsets.UTF_8));
      return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ResponseEntity<byte[]> of(int status, String type, String text, Map<String, String> headers) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ResponseEntity.BodyBuilder builder = ResponseEntity.status(status);
    headers.forEach(builder::header);
    builder.contentType(MediaType.parseMediaType(type)).header(HttpHeaders.CONTENT_LENGTH, String.valueOf(bytes.length));
    return builder.body(bytes);
  }
}
