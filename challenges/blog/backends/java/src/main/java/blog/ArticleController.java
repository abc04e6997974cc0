package blog;

import blog.Articles.Article;
import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ArticleController {
  static final String ARTICLE = "/articles/{id:" + Rules.UUID_PATTERN + "}";

  private static final Map<String, Rules.Rule> PATCH =
      Map.of("title", Rules.TITLE, "text", Rules.TEXT, "tags", Rules.TAGS, "status", Rules.STATUS);

  private final Articles articles;

  ArticleController(Articles articles) {
    this.articles = articles;
  }

  @PostMapping("/articles")
  ResponseEntity<byte[]> create(User user, HttpServletRequest request) {
    Map<String, Rules.Rule> fields = new LinkedHashMap<>(PATCH);
    fields.put("slug", Rules.SLUG);
    JsonObject body = Input.body(request, "application/json", fields, Set.of("slug", "title", "text"));
    Article article = articles.create(user, body);
    return Answer.json(201, article,
        Map.of("Location", "/articles/" + article.id(), "ETag", Answer.etag(article)));
  }

  @PostMapping("/articles/import")
  ResponseEntity<byte[]> importAll(User user, HttpServletRequest request) {
    byte[] xml = Input.bytes(request, "application/xml");
    return Answer.json(201, Map.of("items", articles.createAll(user, Feed.read(xml))));
  }

  @GetMapping("/articles")
  ResponseEntity<byte[]> list(Optional<User> reader, HttpServletRequest request) {
    Map<String, Rules.Rule> fields = Map.of("authorId", Rules.UUID, "tag", Rules.TAG, "q", Rules.SEARCH);
    return Answer.json(200, articles.list(reader, ListQuery.parameters(request, fields)));
  }

  @GetMapping(ARTICLE)
  ResponseEntity<byte[]> get(Optional<User> reader, @PathVariable UUID id, HttpServletRequest request) {
    Article article = articles.find(reader, id);
    String etag = Answer.etag(article);
    String ifNoneMatch = request.getHeader("If-None-Match");
    if (ifNoneMatch != null && Input.lists(ifNoneMatch.replace("W/", ""), etag)) {
      return Answer.empty(304, Map.of("ETag", etag));
    }
    return Answer.json(200, article, Map.of("ETag", etag));
  }

  @PatchMapping(ARTICLE)
  ResponseEntity<byte[]> update(User user, @PathVariable UUID id, HttpServletRequest request) {
    JsonObject changes = Input.body(request, "application/merge-patch+json", PATCH, Set.of());
    String ifMatch = request.getHeader("If-Match");
    Article article = articles.update(user, id, changes, etag -> ifMatch == null || Input.lists(ifMatch, etag));
    return Answer.json(200, article, Map.of("ETag", Answer.etag(article)));
  }

  @DeleteMapping(ARTICLE)
  ResponseEntity<byte[]> delete(User user, @PathVariable UUID id) {
    articles.delete(user, id);
    return Answer.empty(204, Map.of());
  }
}
