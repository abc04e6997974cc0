package orders;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class RestFace {
  @PostMapping("/api/products")
  ProblemDetail createProduct() {
    return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_IMPLEMENTED, "This is not written yet.");
  }
}
