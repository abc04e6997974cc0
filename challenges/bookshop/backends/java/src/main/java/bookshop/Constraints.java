package bookshop;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.util.Map;
import org.hibernate.exception.ConstraintViolationException;

/** What it means to the client that the database refuses something. */
final class Constraints {
  private static final Map<String, Problem.Refusal> MEANINGS = Map.of(
      "books_isbn_key", Problem.Refusal.ISBN_TAKEN,
      "book_authors_author_id_fkey", Problem.Refusal.AUTHOR_HAS_BOOKS,
      "order_lines_book_id_fkey", Problem.Refusal.BOOK_ORDERED);

  /** Does something and has it written at once, so that the database answers here. */
  static void write(EntityManager entities, Runnable work) {
    try {
      work.run();
      entities.flush();
    } catch (PersistenceException error) {
      Problem.Refusal meaning = error instanceof ConstraintViolationException violation
          && violation.getConstraintName() != null ? MEANINGS.get(violation.getConstraintName()) : null;
      throw meaning == null ? error : meaning.problem();
    }
  }
}
