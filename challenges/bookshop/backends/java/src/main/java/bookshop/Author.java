package bookshop;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

@Entity
@Table(name = "authors")
class Author {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Integer id;

  String name;

  Instant createdAt = Instant.now().truncatedTo(ChronoUnit.MICROS);

  /** Only for queries: `size(a.books)` counts without loading them. */
  @ManyToMany(mappedBy = "authors")
  Set<Book> books;

  protected Author() {}

  Author(String name) {
    this.name = name;
  }
}
