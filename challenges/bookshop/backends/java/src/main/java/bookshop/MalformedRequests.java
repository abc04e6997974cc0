package bookshop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpStatus;

/** Problems for requests that Tomcat refuses before they reach a route; its own answer would be HTML. */
public final class MalformedRequests extends ErrorReportValve {
  @Override
  protected void report(Request request, Response response, Throwable error) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    HttpStatus known = HttpStatus.resolve(status);
    String title = known == null ? "Error" : known.getReasonPhrase();
    Problem.Body problem = new Problem.Body("about:blank", title, status, "The request is malformed.", null);
    try {
      response.setContentType("application/problem+json");
      response.getOutputStream().write(Json.write(problem).getBytes(StandardCharsets.UTF_8));
      response.finishResponse();
    } catch (IOException | IllegalStateException gone) {
      // Nobody is there to be told.
    }
  }
}
