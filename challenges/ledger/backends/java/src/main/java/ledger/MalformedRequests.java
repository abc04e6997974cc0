package ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.handler.ErrorHandler;

/** Problems for requests that Jetty refuses before they reach a route; its own answer would be HTML. */
final class MalformedRequests extends ErrorHandler {
  @Override
  public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
    fields.put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    Problem.Body problem =
        new Problem.Body("about:blank", HttpStatus.getMessage(status), status, "The request is malformed.", null);
    return ByteBuffer.wrap(Json.write(problem).getBytes(StandardCharsets.UTF_8));
  }
}
