package blog;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

// Begin here. What must hold is in brief.md, every path and field in openapi.yaml; `assay check` tells what holds already.
@RestController
class UserController {
  // The first operation to write: insert the user with a hash of the password, then answer 201 with the profile.
  @PostMapping("/users")
  ProblemDetail signUp() {
    return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_IMPLEMENTED, "Signing up is not written yet.");
  }
}
