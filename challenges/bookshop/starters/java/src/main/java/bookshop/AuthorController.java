package bookshop;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

// Begin here. What must hold is in brief.md, every path and field in openapi.yaml; `assay check` tells what holds already.
@RestController
class AuthorController {
  // The first operation to write: persist the author, then answer 201 with it and a Location.
  @PostMapping("/authors")
  ProblemDetail create() {
    return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_IMPLEMENTED, "Adding an author is not written yet.");
  }
}
