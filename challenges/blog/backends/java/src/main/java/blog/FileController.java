package blog;

import blog.Problem.Refusal;
import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class FileController {
  /** A file as the API shows it. */
  record File(String name, User.Author owner, String createdAt) {}

  private final JdbcClient database;

  FileController(JdbcClient database) {
    this.database = database;
  }

  @PostMapping("/files")
  ResponseEntity<byte[]> create(User user, HttpServletRequest request) {
    Map<String, Rules.Rule> fields = Map.of("name", Rules.FILE_NAME, "text", Rules.TEXT);
    JsonObject body = Input.body(request, "application/json", fields, fields.keySet());
    try {
      File file = database.sql("INSERT INTO files (name, owner_id, text) VALUES (?, ?, ?) RETURNING name, created_at")
          .params(Input.textOf(body, "name"), user.id(), Input.textOf(body, "text"))
          .query((row, number) -> new File(row.getString("name"), user.author(), User.instant(row, "created_at")))
          .single();
      return Answer.json(201, file, Map.of("Location", "/files/" + file.name()));
    } catch (DuplicateKeyException taken) {
      throw Refusal.NAME_TAKEN.problem();
    }
  }

  @GetMapping("/files/{name}")
  ResponseEntity<byte[]> get(@PathVariable String name) {
    return Answer.text(find(name), Map.of(
        "Content-Disposition", "attachment; filename=\"" + name + '"', "X-Content-Type-Options", "nosniff"));
  }

  @DeleteMapping("/files/{name}")
  ResponseEntity<byte[]> delete(User user, @PathVariable String name) {
    find(name);
    int deleted = database.sql("DELETE FROM files WHERE name = ? AND (owner_id = ? OR ?)")
        .params(name, user.id(), user.isAdmin()).update();
    if (deleted == 0) {
      throw Refusal.FORBIDDEN.problem();
    }
    return Answer.empty(204, Map.of());
  }

  private String find(String name) {
    if (Rules.FILE_NAME.complaint(name) != null) {
      throw Problem.notFound();
    }
    return database.sql("SELECT text FROM files WHERE name = ?").param(name).query(String.class).optional()
        .orElseThrow(Problem::notFound);
  }
}
