package bookshop;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

@Entity
@Table(name = "books")
class Book {
  static final int MOST_COPIES = 1_000_000;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Integer id;

  String isbn;
  String title;
  String genre;
  BigDecimal price;
  int stock;
  Instant createdAt = Instant.now().truncatedTo(ChronoUnit.MICROS);

  @ManyToMany
  @JoinTable(name = "book_authors", joinColumns = @JoinColumn(name = "book_id"),
      inverseJoinColumns = @JoinColumn(name = "author_id"))
  @OrderColumn(name = "position")
  List<Author> authors;

  protected Book() {}

  Book(String isbn, List<Author> authors) {
    this.isbn = isbn;
    this.authors = authors;
  }

  void putOnShelf(int copies) {
    if (stock + copies > MOST_COPIES) {
      throw Problem.Refusal.SHELF_FULL.problem();
    }
    stock += copies;
  }
}
