package bookshop;

import java.util.Set;
import java.util.TreeSet;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

@RestControllerAdvice
class Errors {
  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

  @ExceptionHandler
  ResponseEntity<byte[]> problem(Problem problem) {
    return Answer.problem(problem);
  }

  @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
  ResponseEntity<byte[]> notFound() {
    return Answer.problem(Problem.notFound());
  }

  @ExceptionHandler
  ResponseEntity<byte[]> methodNotSupported(HttpRequestMethodNotSupportedException error) {
    Set<String> methods = new TreeSet<>(Set.of(error.getSupportedMethods()));
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    String allow = String.join(", ", methods);
    return Answer.problem(new Problem(405, "This path answers " + allow + ".", Map.of("Allow", allow)));
  }

  @ExceptionHandler({DataAccessResourceFailureException.class, TransientDataAccessException.class,
      TransactionException.class})
  ResponseEntity<byte[]> unavailable(Exception error) {
    LOG.error("The database cannot be reached", error);
    return Answer.problem(new Problem(503, "The shop cannot reach its database.", Map.of("Retry-After", "1")));
  }

  @ExceptionHandler
  ResponseEntity<byte[]> unexpected(Exception error) {
    LOG.error("A request failed", error);
    return Answer.problem(new Problem(500, "Something went wrong on our side."));
  }
}
