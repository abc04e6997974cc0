package bookshop;

import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
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
class BookController {
  private static final String BOOK = "/books/{id:" + Rules.ID_PATTERN + "}";
  private static final Map<String, Rules.Rule> CHANGES =
      Map.of("title", Rules.TITLE, "genre", Rules.GENRE, "price", Rules.PRICE);
  private static final Map<String, Rules.Rule> FILTERS = Map.of("q", Rules.SEARCH, "authorId", Rules.QUERY_ID,
      "genre", Rules.GENRE, "minPrice", Rules.PRICE, "maxPrice", Rules.PRICE, "inStock", Rules.BOOLEAN, "sort", Rules.SORT);

  private final Books books;

  BookController(Books books) {
    this.books = books;
  }

  @PostMapping("/books")
  ResponseEntity<byte[]> create(HttpServletRequest request) {
    Map<String, Rules.Rule> fields = new LinkedHashMap<>(CHANGES);
    fields.putAll(Map.of("isbn", Rules.ISBN, "stock", Rules.STOCK, "authorIds", Rules.AUTHOR_IDS));
    Set<String> required = Set.of("isbn", "title", "genre", "price", "authorIds");
    Books.View book = books.create(Input.body(request, "application/json", fields, required));
    return Answer.json(201, book, Map.of("Location", "/books/" + book.id()));
  }

  @GetMapping("/books")
  ResponseEntity<byte[]> list(HttpServletRequest request) {
    return Answer.json(200, books.list(ListQuery.parameters(request, FILTERS)));
  }

  @GetMapping(BOOK)
  ResponseEntity<byte[]> get(@PathVariable String id) {
    return Answer.json(200, books.find(Input.id(id)));
  }

  @PatchMapping(BOOK)
  ResponseEntity<byte[]> update(@PathVariable String id, HttpServletRequest request) {
    JsonObject changes = Input.body(request, "application/merge-patch+json", CHANGES, Set.of());
    return Answer.json(200, books.update(Input.id(id), changes));
  }

  @DeleteMapping(BOOK)
  ResponseEntity<byte[]> delete(@PathVariable String id) {
    books.delete(Input.id(id));
    return Answer.empty(204);
  }

  @PostMapping(BOOK + "/deliveries")
  ResponseEntity<byte[]> deliver(@PathVariable String id, HttpServletRequest request) {
    JsonObject body = Input.body(request, "application/json", Map.of("copies", Rules.COPIES), Set.of("copies"));
    return Answer.json(200, books.deliver(Input.id(id), Rules.integerOf(body.get("copies"))));
  }
}
