package bookshop;

import bookshop.ListQuery.Key;
import com.google.gson.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
@Transactional
class Books {
  record AuthorView(Integer id, String name) {}

  record View(Integer id, String isbn, String title, String genre, String price, int stock, List<AuthorView> authors,
      String createdAt) {
    static View of(Book book) {
      List<AuthorView> authors = book.authorships.stream().map(each -> new AuthorView(each.author.id, each.author.name)).toList();
      return new View(book.id, book.isbn, book.title, book.genre, book.price.toPlainString(), book.stock, authors,
          book.createdAt.toString());
    }
  }

  private static final Key<Book> ID = new Key<>("b.id", Rules.ID, book -> book.id);
  private static final Key<Book> TITLE = new Key<>("b.title", Rules.TITLE, book -> book.title);
  private static final Key<Book> PRICE = new Key<>("b.price", Rules.PRICE, book -> book.price);
  private static final Map<String, List<Key<Book>>> SORTS =
      Map.of("newest", List.of(ID), "title", List.of(TITLE, ID), "price", List.of(PRICE, ID), "-price", List.of(PRICE, ID));

  private final EntityManager entities;

  Books(EntityManager entities) {
    this.entities = entities;
  }

  View create(JsonObject body) {
    List<Integer> ids = Rules.integers(body.get("authorIds"));
    Map<Integer, Author> authors = new HashMap<>();
    // Locked, so that none is removed before the book is written.
    entities.createQuery("select a from Author a where a.id in :ids", Author.class).setParameter("ids", ids)
        .setLockMode(LockModeType.PESSIMISTIC_READ).getResultStream().forEach(author -> authors.put(author.id, author));
    if (authors.size() < ids.size()) {
      throw Problem.Refusal.UNKNOWN_AUTHOR.problem();
    }
    Book book = new Book(body.get("isbn").getAsString(), ids.stream().map(authors::get).toList());
    change(book, body);
    book.stock = body.has("stock") ? Rules.integerOf(body.get("stock")) : 0;
    Constraints.write(entities, () -> entities.persist(book));
    return View.of(book);
  }

  @Transactional(readOnly = true)
  ListQuery.Page<View> list(Map<String, String> parameters) {
    String sort = parameters.getOrDefault("sort", "newest");
    boolean descending = sort.equals("newest") || sort.startsWith("-");
    ListQuery<Book> query =
        new ListQuery<>("select b from Book b", Book.class, "books by " + sort, descending, SORTS.get(sort));
    Optional.ofNullable(parameters.get("q"))
        .ifPresent(q -> query.where("b.title ilike :q escape '!'", "q", "%" + q.replaceAll("[!%_]", "!$0") + "%"));
    // Not a join: that would bring a book once for each of its authors that fits.
    Optional.ofNullable(parameters.get("authorId")).map(Integer::valueOf).ifPresent(authorId ->
        query.where("b.id in (select t.id from Book t join t.authorships s where s.author.id = :authorId)", "authorId", authorId));
    Optional.ofNullable(parameters.get("genre")).ifPresent(genre -> query.where("b.genre = :genre", "genre", genre));
    Optional.ofNullable(parameters.get("minPrice")).map(BigDecimal::new)
        .ifPresent(price -> query.where("b.price >= :minPrice", "minPrice", price));
    Optional.ofNullable(parameters.get("maxPrice")).map(BigDecimal::new)
        .ifPresent(price -> query.where("b.price <= :maxPrice", "maxPrice", price));
    Optional.ofNullable(parameters.get("inStock")).ifPresent(inStock -> query.where(
        inStock.equals("true") ? "b.stock > :none" : "b.stock = :none", "none", 0));
    return query.page(entities, parameters, View::of);
  }

  @Transactional(readOnly = true)
  View find(int id) {
    return View.of(found(entities.find(Book.class, id)));
  }

  View update(int id, JsonObject changes) {
    // Locked before it is read: Hibernate writes all columns back, the stock too.
    Book book = found(entities.find(Book.class, id, LockModeType.PESSIMISTIC_WRITE));
    change(book, changes);
    return View.of(book);
  }

  void delete(int id) {
    Constraints.write(entities, () -> entities.remove(found(entities.find(Book.class, id, LockModeType.PESSIMISTIC_WRITE))));
  }

  View deliver(int id, int copies) {
    Book book = found(entities.find(Book.class, id, LockModeType.PESSIMISTIC_WRITE));
    book.putOnShelf(copies);
    return View.of(book);
  }

  private static void change(Book book, JsonObject changes) {
    if (changes.has("title")) {
      book.title = changes.get("title").getAsString();
    }
    if (changes.has("genre")) {
      book.genre = changes.get("genre").getAsString();
    }
    if (changes.has("price")) {
      book.price = new BigDecimal(changes.get("price").getAsString());
    }
  }

  private static Book found(Book book) {
    return Optional.ofNullable(book).orElseThrow(Problem::notFound);
  }
}
