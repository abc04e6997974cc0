package bookshop;

import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OrderController {
  private static final String ORDER = "/orders/{id:" + Rules.ID_PATTERN + "}";
  private static final Map<String, Rules.Rule> FILTERS =
      Map.of("customer", Rules.NAME, "bookId", Rules.QUERY_ID, "status", Rules.STATUS);

  private final Orders orders;

  OrderController(Orders orders) {
    this.orders = orders;
  }

  @PostMapping("/orders")
  ResponseEntity<byte[]> create(HttpServletRequest request) {
    Map<String, Rules.Rule> fields = Map.of("customer", Rules.NAME, "lines", Rules.LINES);
    JsonObject body = Input.body(request, "application/json", fields, fields.keySet());
    LinkedHashMap<Integer, Integer> wanted = new LinkedHashMap<>();
    body.get("lines").getAsJsonArray().forEach(each -> {
      JsonObject line = each.getAsJsonObject();
      if (wanted.put(Rules.integerOf(line.get("bookId")), Rules.integerOf(line.get("copies"))) != null) {
        throw Problem.Refusal.BOOK_TWICE.problem();
      }
    });
    Orders.View order = orders.create(body.get("customer").getAsString(), wanted);
    return Answer.json(201, order, Map.of("Location", "/orders/" + order.id()));
  }

  @GetMapping("/orders")
  ResponseEntity<byte[]> list(HttpServletRequest request) {
    return Answer.json(200, orders.list(ListQuery.parameters(request, FILTERS)));
  }

  @GetMapping(ORDER)
  ResponseEntity<byte[]> get(@PathVariable String id) {
    return Answer.json(200, orders.find(Input.id(id)));
  }

  @PostMapping(ORDER + "/cancellation")
  ResponseEntity<byte[]> cancel(@PathVariable String id) {
    return Answer.json(200, orders.cancel(Input.id(id)));
  }
}
