package blog;

import blog.Problem.Refusal;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class Articles {
  /** An article as the API shows it. */
  record Article(UUID id, String slug, String title, String text, JsonElement tags, String status, User.Author author,
      String createdAt, String updatedAt) {}

  private static final String SELECT = """
      SELECT a.id, a.position, a.slug, a.title, a.text, a.tags, a.status, a.created_at, a.updated_at,
             a.author_id, u.name AS author_name
      FROM articles a JOIN users u ON u.id = a.author_id
      """;

  private final JdbcClient database;

  Articles(JdbcClient database) {
    this.database = database;
  }

  @Transactional
  public Article create(User author, JsonObject article) {
    return insert(author, article);
  }

  /** All of them or none. */
  @Transactional
  public List<Article> createAll(User author, List<JsonObject> articles) {
    // One import at a time: two of the same slugs in another order would wait for each other.
    database.sql("SELECT pg_advisory_xact_lock(20250302)").query().listOfRows();
    return articles.stream().map(article -> insert(author, article)).toList();
  }

  private Article insert(User author, JsonObject article) {
    JsonElement tags = article.has("tags") ? article.get("tags") : new JsonArray();
    String status = article.has("status") ? Input.textOf(article, "status") : "draft";
    try {
      UUID id = database.sql("INSERT INTO articles (author_id, slug, title, text, tags, status)"
          + " VALUES (?, ?, ?, ?, ?::jsonb, ?) RETURNING id")
          .params(author.id(), Input.textOf(article, "slug"), Input.textOf(article, "title"),
              Input.textOf(article, "text"), tags.toString(), status)
          .query(UUID.class).single();
      return find(Optional.of(author), id);
    } catch (DuplicateKeyException taken) {
      throw Refusal.SLUG_TAKEN.problem();
    }
  }

  /** What is published, and the reader's own drafts. */
  ListQuery.Page<Article> list(Optional<User> reader, Map<String, String> parameters) {
    ListQuery query = new ListQuery(SELECT, "a.position", parameters);
    if (reader.isPresent()) {
      query.where("(a.status = 'published' OR a.author_id = ?)", reader.get().id());
    } else {
      query.where("a.status = 'published'");
    }
    if (parameters.containsKey("authorId")) {
      query.where("a.author_id = ?", UUID.fromString(parameters.get("authorId")));
    }
    if (parameters.containsKey("tag")) {
      query.where("a.tags @> ?::jsonb", Json.write(List.of(parameters.get("tag"))));
    }
    if (!parameters.getOrDefault("q", "").isBlank()) {
      query.where("a.words @@ plainto_tsquery('simple', ?)", parameters.get("q"));
    }
    return query.page(database, Articles::present);
  }

  /** A draft is there for its author alone. */
  Article find(Optional<User> reader, UUID id) {
    return find(reader, id, "");
  }

  private Article find(Optional<User> reader, UUID id, String lock) {
    UUID readerId = reader.map(User::id).orElse(null);
    return database.sql(SELECT + " WHERE a.id = ? AND (a.status = 'published' OR a.author_id = ?::uuid)" + lock)
        .params(id, readerId).query(Articles::present).optional().orElseThrow(Problem::notFound);
  }

  /** @param isCurrent whether the client's If-Match allows the change of an article with this entity tag */
  @Transactional
  public Article update(User user, UUID id, JsonObject changes, Predicate<String> isCurrent) {
    Article article = find(Optional.of(user), id, " FOR UPDATE OF a");
    if (!article.author().id().equals(user.id())) {
      throw Refusal.FORBIDDEN.problem();
    }
    if (!isCurrent.test(Answer.etag(article))) {
      throw new Problem(412, "The article has changed since it was read.");
    }
    String title = changes.has("title") ? Input.textOf(changes, "title") : article.title();
    String text = changes.has("text") ? Input.textOf(changes, "text") : article.text();
    JsonElement tags = changes.has("tags") ? changes.get("tags") : article.tags();
    String status = changes.has("status") ? Input.textOf(changes, "status") : article.status();
    database.sql("UPDATE articles SET title = ?, text = ?, tags = ?::jsonb, status = ?, updated_at = clock_timestamp()"
        + " WHERE id = ?").params(title, text, tags.toString(), status, id).update();
    return find(Optional.of(user), id);
  }

  void delete(User user, UUID id) {
    int deleted = database
        .sql("DELETE FROM articles WHERE id = ? AND (author_id = ? OR (? AND status = 'published'))")
        .params(id, user.id(), user.isAdmin()).update();
    if (deleted == 0) {
      find(Optional.of(user), id);
      throw Refusal.FORBIDDEN.problem();
    }
  }

  private static Article present(ResultSet row, int number) throws SQLException {
    User.Author author = new User.Author(row.getObject("author_id", UUID.class), row.getString("author_name"));
    return new Article(row.getObject("id", UUID.class), row.getString("slug"), row.getString("title"),
        row.getString("text"), JsonParser.parseString(row.getString("tags")), row.getString("status"), author,
        User.instant(row, "created_at"), User.instant(row, "updated_at"));
  }
}
