package orders;

import java.util.Map;

/** A request that is well made and cannot be done as things are: one of the faults that the WSDL declares. */
final class Refusal extends RuntimeException {
  enum Kind { NOT_FOUND, OUT_OF_STOCK, IN_USE, NOT_OPEN }

  final Kind kind;
  final Map<String, Integer> details;

  private Refusal(Kind kind, String message, Map<String, Integer> details) {
    super(message, null, false, false);
    this.kind = kind;
    this.details = details;
  }

  static Refusal notFound(String what, int id) {
    return new Refusal(Kind.NOT_FOUND, "There is no such " + what + ".", Map.of("id", id));
  }

  static Refusal outOfStock(int productId, int available) {
    return new Refusal(Kind.OUT_OF_STOCK, "There is not enough of this product.",
        Map.of("productId", productId, "available", available));
  }

  static Refusal inUse(int productId) {
    return new Refusal(Kind.IN_USE, "There are orders for this product.", Map.of("productId", productId));
  }

  static Refusal notOpen(int orderId) {
    return new Refusal(Kind.NOT_OPEN, "The order is not open any more.", Map.of("orderId", orderId));
  }
}
