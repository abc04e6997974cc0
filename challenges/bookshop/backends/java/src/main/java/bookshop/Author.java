package bookshop;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

@Entity
@Table(name = "authors")
class Author {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Integer id;

  String name;

  Instant createdAt = Instant.now().truncatedTo(ChronoUnit.MICROS);

  protected Author() {}

  Author(String name) {
    this.name = name;
  }
}
