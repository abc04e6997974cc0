package bookshop;

import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AuthorController {
  private static final String AUTHOR = "/authors/{id:" + Rules.ID_PATTERN + "}";
  private static final Map<String, Rules.Rule> FIELDS = Map.of("name", Rules.NAME);

  private final Authors authors;

  AuthorController(Authors authors) {
    this.authors = authors;
  }

  @PostMapping("/authors")
  ResponseEntity<byte[]> create(HttpServletRequest request) {
    JsonObject body = Input.body(request, "application/json", FIELDS, Set.of("name"));
    Authors.View author = authors.create(body.get("name").getAsString());
    return Answer.json(201, author, Map.of("Location", "/authors/" + author.id()));
  }

  @GetMapping("/authors")
  ResponseEntity<byte[]> list(HttpServletRequest request) {
    return Answer.json(200, authors.list(ListQuery.parameters(request, Map.of())));
  }

  @GetMapping(AUTHOR)
  ResponseEntity<byte[]> get(@PathVariable String id) {
    return Answer.json(200, authors.find(Input.id(id)));
  }

  @PatchMapping(AUTHOR)
  ResponseEntity<byte[]> update(@PathVariable String id, HttpServletRequest request) {
    JsonObject changes = Input.body(request, "application/merge-patch+json", FIELDS, Set.of());
    String name = changes.has("name") ? changes.get("name").getAsString() : null;
    return Answer.json(200, authors.rename(Input.id(id), name));
  }

  @DeleteMapping(AUTHOR)
  ResponseEntity<byte[]> delete(@PathVariable String id) {
    authors.delete(Input.id(id));
    return Answer.empty(204);
  }

  @GetMapping(AUTHOR + "/sales")
  ResponseEntity<byte[]> sales(@PathVariable String id) {
    return Answer.json(200, authors.sales(Input.id(id)));
  }
}
