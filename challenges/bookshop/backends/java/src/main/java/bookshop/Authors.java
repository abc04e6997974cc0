package bookshop;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
@Transactional
class Authors {
  record View(Integer id, String name, int books, String createdAt) {}

  record Sales(long copies, String revenue) {}

  private record Row(Author author, int books) {
    View view() {
      return new View(author.id, author.name, books, author.createdAt.toString());
    }
  }

  private static final String SELECT = """
      select a, (select cast(count(b) as Integer) from Book b join b.authorships s where s.author = a) from Author a
      """;

  private final EntityManager entities;

  Authors(EntityManager entities) {
    this.entities = entities;
  }

  View create(String name) {
    Author author = new Author(name);
    entities.persist(author);
    return new Row(author, 0).view();
  }

  @Transactional(readOnly = true)
  ListQuery.Page<View> list(Map<String, String> parameters) {
    ListQuery<Row> query = new ListQuery<>(SELECT, Row.class, "authors", true,
        List.of(new ListQuery.Key<>("a.id", Rules.ID, row -> row.author().id)));
    return query.page(entities, parameters, Row::view);
  }

  @Transactional(readOnly = true)
  View find(int id) {
    return entities.createQuery(SELECT + " where a.id = :id", Row.class).setParameter("id", id)
        .getResultStream().findFirst().orElseThrow(Problem::notFound).view();
  }

  View rename(int id, String name) {
    Author author = found(entities.find(Author.class, id, LockModeType.PESSIMISTIC_WRITE));
    if (name != null) {
      author.name = name;
    }
    return find(id);
  }

  void delete(int id) {
    Constraints.write(entities, () -> entities.remove(found(entities.find(Author.class, id, LockModeType.PESSIMISTIC_WRITE))));
  }

  @Transactional(readOnly = true)
  Sales sales(int id) {
    find(id);
    Object[] sums = entities.createQuery("""
        select coalesce(sum(l.copies), 0), coalesce(sum(l.copies * l.price), 0.00)
        from Order o join o.lines l join l.book b join b.authorships s
        where s.author.id = :id and o.status = 'placed'
        """, Object[].class).setParameter("id", id).getSingleResult();
    return new Sales(((Number) sums[0]).longValue(), new BigDecimal(sums[1].toString()).setScale(2).toPlainString());
  }

  private static Author found(Author author) {
    return Optional.ofNullable(author).orElseThrow(Problem::notFound);
  }
}
