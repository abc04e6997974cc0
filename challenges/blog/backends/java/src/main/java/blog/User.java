package blog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** A user, as they themselves and an admin see them. */
record User(UUID id, String email, String name, String role, String bio, String avatarUrl, String website,
    String createdAt) {

  /** What everybody sees of a user. */
  record Author(UUID id, String name) {}

  static final String COLUMNS = "id, position, email, name, role, bio, avatar_url, website, created_at";

  static User of(ResultSet row, int number) throws SQLException {
    return new User(row.getObject("id", UUID.class), row.getString("email"), row.getString("name"),
        row.getString("role"), row.getString("bio"), row.getString("avatar_url"), row.getString("website"),
        instant(row, "created_at"));
  }

  static String instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant().toString();
  }

  boolean isAdmin() {
    return role.equals("admin");
  }

  Author author() {
    return new Author(id, name);
  }
}
