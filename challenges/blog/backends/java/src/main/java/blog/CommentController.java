package blog;

import blog.Problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class CommentController {
  /** A comment as the API shows it. */
  record Comment(UUID id, String text, User.Author author, String createdAt) {}

  private static final String COMMENTS = ArticleController.ARTICLE + "/comments";
  private static final String SELECT = """
      SELECT c.id, c.position, c.text, c.created_at, c.author_id, u.name AS author_name
      FROM comments c JOIN users u ON u.id = c.author_id
      """;

  private final JdbcClient database;
  private final Articles articles;

  CommentController(JdbcClient database, Articles articles) {
    this.database = database;
    this.articles = articles;
  }

  @PostMapping(COMMENTS)
  ResponseEntity<byte[]> create(User user, @PathVariable UUID id, HttpServletRequest request) {
    Map<String, Rules.Rule> fields = Map.of("text", Rules.COMMENT);
    String text = Input.textOf(Input.body(request, "application/json", fields, fields.keySet()), "text");
    // One statement, so that the article cannot be deleted or withdrawn in between.
    return database.sql("""
        INSERT INTO comments (article_id, author_id, text)
        SELECT id, ?, ? FROM articles WHERE id = ? AND (status = 'published' OR author_id = ?) FOR KEY SHARE
        RETURNING id, text, author_id, ? AS author_name, created_at
        """).params(user.id(), text, id, user.id(), user.name()).query(CommentController::present).optional()
        .map(comment -> Answer.json(201, comment)).orElseThrow(Problem::notFound);
  }

  @GetMapping(COMMENTS)
  ResponseEntity<byte[]> list(Optional<User> reader, @PathVariable UUID id, HttpServletRequest request) {
    Map<String, String> parameters = ListQuery.parameters(request, Map.of());
    articles.find(reader, id);
    ListQuery query = new ListQuery(SELECT, "c.position", parameters);
    query.where("c.article_id = ?", id);
    return Answer.json(200, query.page(database, CommentController::present));
  }

  @DeleteMapping("/comments/{id:" + Rules.UUID_PATTERN + "}")
  ResponseEntity<byte[]> delete(User user, @PathVariable UUID id) {
    int deleted = database.sql("""
        DELETE FROM comments c USING articles a
        WHERE c.id = ? AND a.id = c.article_id AND (? IN (c.author_id, a.author_id) OR (? AND a.status = 'published'))
        """).params(id, user.id(), user.isAdmin()).update();
    if (deleted == 0) {
      boolean isSeen = database.sql("""
          SELECT 1 FROM comments c JOIN articles a ON a.id = c.article_id WHERE c.id = ? AND a.status = 'published'
          """).param(id).query(Integer.class).optional().isPresent();
      throw isSeen ? Refusal.FORBIDDEN.problem() : Problem.notFound();
    }
    return Answer.empty(204, Map.of());
  }

  private static Comment present(ResultSet row, int number) throws SQLException {
    User.Author author = new User.Author(row.getObject("author_id", UUID.class), row.getString("author_name"));
    return new Comment(row.getObject("id", UUID.class), row.getString("text"), author, User.instant(row, "created_at"));
  }
}
