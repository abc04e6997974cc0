package bookshop;

import bookshop.ListQuery.Key;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
@Transactional
class Orders {
  record LineView(Integer bookId, String title, int copies, String price, String amount) {
    static LineView of(Order.Line line) {
      return new LineView(line.book.id, line.book.title, line.copies, line.price.toPlainString(),
          line.amount().toPlainString());
    }
  }

  record View(Integer id, String customer, String status, List<LineView> lines, String total, String createdAt) {
    static View of(Order order) {
      return new View(order.id, order.customer, order.status, order.lines.stream().map(LineView::of).toList(),
          order.total().toPlainString(), order.createdAt.toString());
    }
  }

  private final EntityManager entities;

  Orders(EntityManager entities) {
    this.entities = entities;
  }

  /** @param wanted copies by the id of their book, in the order of the lines */
  View create(String customer, LinkedHashMap<Integer, Integer> wanted) {
    Map<Integer, Book> books = lockBooks(wanted.keySet());
    if (books.size() < wanted.size()) {
      throw Problem.Refusal.UNKNOWN_BOOK.problem();
    }
    wanted.forEach((id, copies) -> {
      if (books.get(id).stock < copies) {
        throw Problem.Refusal.OUT_OF_STOCK.problem();
      }
      books.get(id).stock -= copies;
    });
    List<Order.Line> lines = new ArrayList<>();
    wanted.forEach((id, copies) -> lines.add(new Order.Line(books.get(id), lines.size(), copies)));
    Order order = new Order(customer, lines);
    entities.persist(order);
    return View.of(order);
  }

  @Transactional(readOnly = true)
  ListQuery.Page<View> list(Map<String, String> parameters) {
    ListQuery<Order> query = new ListQuery<>("select o from Order o", Order.class, "orders", true,
        List.of(new Key<>("o.id", Rules.ID, order -> order.id)));
    Optional.ofNullable(parameters.get("customer"))
        .ifPresent(customer -> query.where("o.customer = :customer", "customer", customer));
    Optional.ofNullable(parameters.get("bookId")).map(Integer::valueOf).ifPresent(bookId ->
        query.where("o.id in (select t.id from Order t join t.lines l where l.book.id = :bookId)", "bookId", bookId));
    Optional.ofNullable(parameters.get("status"))
        .ifPresent(status -> query.where("o.status = :status", "status", status));
    return query.page(entities, parameters, View::of);
  }

  @Transactional(readOnly = true)
  View find(int id) {
    return View.of(found(entities.find(Order.class, id)));
  }

  View cancel(int id) {
    Order order = found(entities.find(Order.class, id, LockModeType.PESSIMISTIC_WRITE));
    if (order.status.equals("cancelled")) {
      throw Problem.Refusal.ALREADY_CANCELLED.problem();
    }
    order.status = "cancelled";
    // Before the lines are read, and the books with them: what Hibernate has read once it does not read again, under a lock or not.
    lockBooks(entities.createQuery("select l.book.id from Order o join o.lines l where o.id = :id", Integer.class)
        .setParameter("id", id).getResultList());
    order.lines.forEach(line -> line.book.putOnShelf(line.copies));
    return View.of(order);
  }

  /** Locks in the order of ids, so that two orders of the same books wait for each other, and never both. */
  private Map<Integer, Book> lockBooks(Collection<Integer> ids) {
    Map<Integer, Book> books = new HashMap<>();
    entities.createQuery("select b from Book b where b.id in :ids order by b.id", Book.class).setParameter("ids", ids)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultList().forEach(book -> books.put(book.id, book));
    return books;
  }

  private static Order found(Order order) {
    return Optional.ofNullable(order).orElseThrow(Problem::notFound);
  }
}
