package bookshop;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

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

  @ElementCollection
  @CollectionTable(name = "book_authors", joinColumns = @JoinColumn(name = "book_id"))
  @OrderBy("position")
  List<Authorship> authorships;

  protected Book() {}

  Book(String isbn, List<Author> authors) {
    this.isbn = isbn;
    this.authorships = IntStream.range(0, authors.size()).mapToObj(at -> new Authorship(authors.get(at), at)).toList();
  }

  void putOnShelf(int copies) {
    if (stock + copies > MOST_COPIES) {
      throw Problem.Refusal.SHELF_FULL.problem();
    }
    stock += copies;
  }

  /** One of the authors of a book, at their place among them. */
  @Embeddable
  static class Authorship {
    /** Their name is shown with every book, so it comes along in the same statement. */
    @ManyToOne(fetch = FetchType.EAGER)
    @JoinColumn(name = "author_id")
    Author author;

    int position;

    protected Authorship() {}

    Authorship(Author author, int position) {
      this.author = author;
      this.position = position;
    }
  }
}
