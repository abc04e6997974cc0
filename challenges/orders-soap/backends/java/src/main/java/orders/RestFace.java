package orders;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import orders.Rules.Rule;
import orders.Warehouse.NewLine;
import orders.Warehouse.Order;
import orders.Warehouse.Product;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api")
class RestFace {
  private static final String ID = "/{id:[0-9]{1,20}}";
  private static final Map<String, Rule> CHANGE = Map.of("name", Rules.NAME, "price", Rules.PRICE, "note", Rules.NOTE);
  private static final Map<String, Rule> PRODUCT = Map.of("name", Rules.NAME, "price", Rules.PRICE, "note", Rules.NOTE,
      "delivered", Rules.DELIVERED);
  private static final Map<String, Rule> ORDER = Map.of("customer", Rules.NAME, "lines", Rules.LINES);

  private final Warehouse warehouse;

  RestFace(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  @PostMapping("/products")
  ResponseEntity<byte[]> createProduct(HttpServletRequest request) {
    JsonObject body = Input.body(request, PRODUCT, Set.of("name", "price", "delivered"));
    Product product = warehouse.createProduct(body.get("name").getAsString(), priceOf(body),
        intOf(body.get("delivered")), noteOf(body));
    return Answer.json(201, product, Map.of("Location", "/api/products/" + product.id()));
  }

  @GetMapping("/products")
  ResponseEntity<byte[]> listProducts(HttpServletRequest request) {
    return page(request, warehouse::listProducts, Product::id);
  }

  @GetMapping("/products" + ID)
  ResponseEntity<byte[]> getProduct(@PathVariable String id) {
    return Answer.json(200, warehouse.getProduct(idOf(id)));
  }

  @PutMapping("/products" + ID)
  ResponseEntity<byte[]> updateProduct(@PathVariable String id, HttpServletRequest request) {
    int product = idOf(id);
    JsonObject body = Input.body(request, CHANGE, Set.of("name", "price"));
    return Answer.json(200,
        warehouse.updateProduct(product, body.get("name").getAsString(), priceOf(body), noteOf(body)));
  }

  @DeleteMapping("/products" + ID)
  ResponseEntity<byte[]> deleteProduct(@PathVariable String id) {
    warehouse.deleteProduct(idOf(id));
    return ResponseEntity.noContent().build();
  }

  @PostMapping("/orders")
  ResponseEntity<byte[]> placeOrder(HttpServletRequest request) {
    JsonObject body = Input.body(request, ORDER, ORDER.keySet());
    List<NewLine> lines = body.getAsJsonArray("lines").asList().stream().map(JsonElement::getAsJsonObject)
        .map(line -> new NewLine(intOf(line.get("productId")), intOf(line.get("quantity")))).toList();
    Order order = warehouse.placeOrder(body.get("customer").getAsString(), lines);
    return Answer.json(201, order, Map.of("Location", "/api/orders/" + order.id()));
  }

  @GetMapping("/orders")
  ResponseEntity<byte[]> listOrders(HttpServletRequest request) {
    return page(request, warehouse::listOrders, Order::id);
  }

  @GetMapping("/orders" + ID)
  ResponseEntity<byte[]> getOrder(@PathVariable String id) {
    return Answer.json(200, warehouse.getOrder(idOf(id)));
  }

  @PostMapping("/orders" + ID + "/cancel")
  ResponseEntity<byte[]> cancelOrder(@PathVariable String id) {
    return Answer.json(200, warehouse.cancelOrder(idOf(id)));
  }

  /** One row more than the page tells whether there is a next. */
  private static <T> ResponseEntity<byte[]> page(HttpServletRequest request,
      BiFunction<Integer, Integer, List<T>> list, ToIntFunction<T> id) {
    Map<String, Integer> query = Input.query(request, Map.of("limit", Rules.LIMIT, "afterId", Rules.AFTER_ID));
    int size = query.getOrDefault("limit", 20);
    List<T> rows = list.apply(size + 1, query.getOrDefault("afterId", 0));
    List<T> shown = rows.subList(0, Math.min(size, rows.size()));
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("items", shown);
    page.put("next", rows.size() > size ? id.applyAsInt(shown.get(size - 1)) : null);
    return Answer.json(200, page);
  }

  private static int idOf(String text) {
    try {
      int id = Integer.parseInt(text);
      if (id > 0) {
        return id;
      }
    } catch (NumberFormatException tooLarge) {
      // There is nothing by that id.
    }
    throw Problem.notFound();
  }

  private static int intOf(JsonElement number) {
    return number.getAsBigDecimal().intValueExact();
  }

  private static BigDecimal priceOf(JsonObject body) {
    return new BigDecimal(body.get("price").getAsString());
  }

  private static String noteOf(JsonObject body) {
    return body.has("note") && !body.get("note").isJsonNull() ? body.get("note").getAsString() : null;
  }
}
