package ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.handler.ErrorHandler;

/** Problems for requests that Jetty refuses before they reach a route; its own answer would be HTML. */
final class MalformedRequests extends ErrorHandler {
  @Override
  public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
    fields.put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    Problem problem = new Problem(status, "The request is malformed.");
    return ByteBuffer.wrap(Json.write(problem.body).getBytes(StandardCharsets.UTF_8));
  }
}
