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

@Entity
@Table(name = "orders")
class Order {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Integer id;

  String customer;
  String status = "placed";
  Instant createdAt = Instant.now().truncatedTo(ChronoUnit.MICROS);

  /** A line is nothing without its order, so it is a value of it. */
  @ElementCollection
  @CollectionTable(name = "order_lines", joinColumns = @JoinColumn(name = "order_id"))
  @OrderBy("position")
  List<Line> lines;

  protected Order() {}

  Order(String customer, List<Line> lines) {
    this.customer = customer;
    this.lines = lines;
  }

  BigDecimal total() {
    return lines.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Embeddable
  static class Line {
    /** Its title is shown with every line, so it comes along in the same statement. */
    @ManyToOne(fetch = FetchType.EAGER)
    @JoinColumn(name = "book_id")
    Book book;

    int position;

    int copies;

    /** Of one copy when the order was placed. */
    BigDecimal price;

    protected Line() {}

    Line(Book book, int position, int copies) {
      this.book = book;
      this.position = position;
      this.copies = copies;
      this.price = book.price;
    }

    BigDecimal amount() {
      return price.multiply(BigDecimal.valueOf(copies));
    }
  }
}
