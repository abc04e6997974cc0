package orders;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What can be done with products and orders, for both faces. */
@Component
class Warehouse {
  record Product(int id, String name, BigDecimal price, int stock, String note) {}

  record NewLine(int productId, int quantity) {}

  record Line(int productId, int quantity, String productName, BigDecimal unitPrice) {}

  record Order(int id, String customer, String status, OffsetDateTime placedAt, List<Line> lines, BigDecimal total) {}

  private static final String COLUMNS = "id, name, price, stock, note";

  private final JdbcClient database;

  Warehouse(JdbcClient database) {
    this.database = database;
  }

  Product createProduct(String name, BigDecimal price, int delivered, String note) {
    return database.sql("INSERT INTO products (name, price, stock, note) VALUES (?, ?, ?, ?) RETURNING " + COLUMNS)
        .params(name, price, delivered, note).query(Warehouse::product).single();
  }

  Product getProduct(int id) {
    return database.sql("SELECT " + COLUMNS + " FROM products WHERE id = ?").param(id)
        .query(Warehouse::product).optional().orElseThrow(() -> Refusal.notFound("product", id));
  }

  Product updateProduct(int id, String name, BigDecimal price, String note) {
    return database.sql("UPDATE products SET name = ?, price = ?, note = ? WHERE id = ? RETURNING " + COLUMNS)
        .params(name, price, note, id)
        .query(Warehouse::product).optional().orElseThrow(() -> Refusal.notFound("product", id));
  }

  void deleteProduct(int id) {
    try {
      if (database.sql("DELETE FROM products WHERE id = ?").param(id).update() == 0) {
        throw Refusal.notFound("product", id);
      }
    } catch (DataIntegrityViolationException error) {
      throw Refusal.inUse(id);
    }
  }

  List<Product> listProducts(int limit, int afterId) {
    return database.sql("SELECT " + COLUMNS + " FROM products WHERE id > ? ORDER BY id LIMIT ?").params(afterId, limit)
        .query(Warehouse::product).list();
  }

  @Transactional
  Order placeOrder(String customer, List<NewLine> lines) {
    // Always in the order of the ids, so that two orders never wait for each other.
    Map<Integer, Integer> wanted = new TreeMap<>();
    lines.forEach(line -> wanted.merge(line.productId(), line.quantity(), Integer::sum));
    wanted.forEach(this::takeFromStock);
    int id = database.sql("INSERT INTO orders (customer) VALUES (?) RETURNING id").param(customer)
        .query(Integer.class).single();
    database.sql("""
        INSERT INTO order_lines (order_id, position, product_id, quantity, product_name, unit_price)
        SELECT ?, w.position, p.id, w.quantity, p.name, p.price
        FROM unnest(?::int[], ?::int[]) WITH ORDINALITY AS w (product_id, quantity, position)
        JOIN products p ON p.id = w.product_id
        """).params(id, lines.stream().mapToInt(NewLine::productId).toArray(),
        lines.stream().mapToInt(NewLine::quantity).toArray()).update();
    return getOrder(id);
  }

  /** One statement compares and subtracts, so that no two orders take the same piece. */
  private void takeFromStock(int productId, int quantity) {
    int taken = database.sql("UPDATE products SET stock = stock - ? WHERE id = ? AND stock >= ?")
        .params(quantity, productId, quantity).update();
    if (taken == 0) {
      throw Refusal.outOfStock(productId, getProduct(productId).stock());
    }
  }

  Order getOrder(int id) {
    return orders("o.id = ?", id, 1).stream().findFirst().orElseThrow(() -> Refusal.notFound("order", id));
  }

  @Transactional
  Order cancelOrder(int id) {
    if (database.sql("UPDATE orders SET status = 'cancelled' WHERE id = ? AND status = 'open'").param(id).update() == 0) {
      getOrder(id);
      throw Refusal.notOpen(id);
    }
    Order order = getOrder(id);
    Map<Integer, Integer> taken = new TreeMap<>();
    order.lines().forEach(line -> taken.merge(line.productId(), line.quantity(), Integer::sum));
    taken.forEach((productId, quantity) -> database.sql("UPDATE products SET stock = stock + ? WHERE id = ?")
        .params(quantity, productId).update());
    return order;
  }

  List<Order> listOrders(int limit, int afterId) {
    return orders("o.id > ?", afterId, limit);
  }

  /** Orders come with their lines in one statement, however many there are. */
  private List<Order> orders(String condition, int value, int limit) {
    Map<Integer, Order> found = new LinkedHashMap<>();
    database.sql("""
        SELECT o.id, o.customer, o.status, o.placed_at, l.product_id, l.quantity, l.product_name, l.unit_price
        FROM (SELECT * FROM orders o WHERE %s ORDER BY o.id LIMIT ?) o JOIN order_lines l ON l.order_id = o.id
        ORDER BY o.id, l.position
        """.formatted(condition)).params(value, limit).query((ResultSet row) -> {
      Line line = new Line(row.getInt("product_id"), row.getInt("quantity"), row.getString("product_name"),
          row.getBigDecimal("unit_price"));
      found.merge(row.getInt("id"), order(row, line), Warehouse::joined);
    });
    return List.copyOf(found.values());
  }

  private static Order order(ResultSet row, Line line) throws SQLException {
    return new Order(row.getInt("id"), row.getString("customer"), row.getString("status"),
        row.getObject("placed_at", OffsetDateTime.class), List.of(line), priceOf(line));
  }

  private static Order joined(Order order, Order more) {
    List<Line> lines = new ArrayList<>(order.lines());
    lines.addAll(more.lines());
    return new Order(order.id(), order.customer(), order.status(), order.placedAt(), lines,
        order.total().add(more.total()));
  }

  private static BigDecimal priceOf(Line line) {
    return line.unitPrice().multiply(BigDecimal.valueOf(line.quantity()));
  }

  private static Product product(ResultSet row, int number) throws SQLException {
    return new Product(row.getInt("id"), row.getString("name"), row.getBigDecimal("price"), row.getInt("stock"),
        row.getString("note"));
  }
}
