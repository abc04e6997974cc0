package blog;

import blog.Problem.Refusal;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class UserController {
  private static final Map<String, String> COLUMNS = Map.of("name", "name", "bio", "bio", "avatarUrl", "avatar_url");

  private final JdbcClient database;
  private final Auth auth;

  UserController(JdbcClient database, Auth auth) {
    this.database = database;
    this.auth = auth;
  }

  @PostMapping("/users")
  ResponseEntity<byte[]> signUp(HttpServletRequest request) {
    Map<String, Rules.Rule> fields = Map.of("email", Rules.EMAIL, "password", Rules.PASSWORD, "name", Rules.NAME);
    JsonObject body = Input.body(request, "application/json", fields, fields.keySet());
    String hash = auth.hash(Input.textOf(body, "password"));
    try {
      String sql = "INSERT INTO users (email, password_hash, name) VALUES (?, ?, ?) RETURNING " + User.COLUMNS;
      User user = database.sql(sql).params(Input.textOf(body, "email"), hash, Input.textOf(body, "name"))
          .query(User::of).single();
      return Answer.json(201, user);
    } catch (DuplicateKeyException taken) {
      throw Refusal.EMAIL_TAKEN.problem();
    }
  }

  @GetMapping("/users")
  ResponseEntity<byte[]> list(User user, HttpServletRequest request) {
    if (!user.isAdmin()) {
      throw Refusal.FORBIDDEN.problem();
    }
    Map<String, String> parameters = ListQuery.parameters(request, Map.of());
    ListQuery query = new ListQuery("SELECT " + User.COLUMNS + " FROM users", "position", parameters);
    return Answer.json(200, query.page(database, User::of));
  }

  @PostMapping("/sessions")
  ResponseEntity<byte[]> logIn(HttpServletRequest request) {
    Map<String, Rules.Rule> fields = Map.of("email", Rules.EMAIL, "password", Rules.PASSWORD);
    JsonObject body = Input.body(request, "application/json", fields, fields.keySet());
    Auth.Session session = auth.logIn(Input.textOf(body, "email"), Input.textOf(body, "password"));
    return Answer.json(200, session, Map.of("Cache-Control", "no-store"));
  }

  @GetMapping("/me")
  ResponseEntity<byte[]> getMe(User user) {
    return Answer.json(200, user);
  }

  @PatchMapping("/me")
  ResponseEntity<byte[]> updateMe(User user, HttpServletRequest request) {
    Map<String, Rules.Rule> fields = Map.of("name", Rules.NAME, "bio", Rules.BIO, "avatarUrl", Rules.AVATAR_URL);
    JsonObject changes = Input.body(request, "application/merge-patch+json", fields, Set.of());
    if (changes.isEmpty()) {
      return Answer.json(200, user);
    }
    List<String> assignments = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (Map.Entry<String, JsonElement> change : changes.entrySet()) {
      assignments.add(COLUMNS.get(change.getKey()) + " = ?");
      values.add(Input.textOf(changes, change.getKey()));
    }
    return change(user, String.join(", ", assignments), values);
  }

  @PutMapping("/me/website")
  ResponseEntity<byte[]> setWebsite(User user, HttpServletRequest request) {
    Map<String, Rules.Rule> fields = Map.of("url", Rules.WEBSITE_URL);
    String url = Input.textOf(Input.body(request, "application/json", fields, fields.keySet()), "url");
    if (!Website.isReachable(url)) {
      throw Refusal.WEBSITE_UNREACHABLE.problem();
    }
    return change(user, "website = ?", new ArrayList<>(List.of(url)));
  }

  @GetMapping("/continue")
  ResponseEntity<byte[]> continueTo(HttpServletRequest request) {
    String to = Input.query(request, Map.of("to", Rules.SITE_PATH), Set.of("to")).get("to");
    return Answer.empty(303, Map.of("Location", to));
  }

  private ResponseEntity<byte[]> change(User user, String assignments, List<Object> values) {
    values.add(user.id());
    String sql = "UPDATE users SET " + assignments + " WHERE id = ? RETURNING " + User.COLUMNS;
    return Answer.json(200, database.sql(sql).params(values).query(User::of).single());
  }
}
