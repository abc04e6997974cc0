package orders;

import jakarta.jws.WebService;
import jakarta.xml.bind.JAXBElement;
import java.util.List;
import javax.xml.datatype.DatatypeConfigurationException;
import javax.xml.datatype.DatatypeFactory;
import orders.service.Orders;
import orders.xml.ById;
import orders.xml.CancelOrder;
import orders.xml.CreateProduct;
import orders.xml.DeleteProductResponse;
import orders.xml.Line;
import orders.xml.ListOrdersResponse;
import orders.xml.ListProductsResponse;
import orders.xml.NewOrder;
import orders.xml.NewProduct;
import orders.xml.OneOrder;
import orders.xml.OneProduct;
import orders.xml.Order;
import orders.xml.Page;
import orders.xml.PlaceOrder;
import orders.xml.Product;
import orders.xml.ProductChange;
import orders.xml.Status;
import orders.xml.UpdateProduct;
import orders.Warehouse.NewLine;
import org.springframework.stereotype.Component;

/** The SOAP face: the interface that is generated from the WSDL. A Refusal becomes the fault that the WSDL declares in `Faults`. */
@Component
@WebService(serviceName = "OrdersService", portName = "OrdersPort", targetNamespace = "urn:assay:orders:service",
    endpointInterface = "orders.service.Orders", wsdlLocation = "classpath:contract/service.wsdl")
public class SoapFace implements Orders {
  private final Warehouse warehouse;
  private final DatatypeFactory types;

  SoapFace(Warehouse warehouse) throws DatatypeConfigurationException {
    this.warehouse = warehouse;
    this.types = DatatypeFactory.newInstance();
  }

  @Override
  public OneProduct createProduct(CreateProduct message) {
    NewProduct product = message.getProduct();
    return one(warehouse.createProduct(product.getName(), product.getPrice(), product.getDelivered(),
        valueOf(product.getNote())));
  }

  @Override
  public OneProduct getProduct(ById message) {
    return one(warehouse.getProduct(message.getId()));
  }

  @Override
  public OneProduct updateProduct(UpdateProduct message) {
    ProductChange change = message.getProduct();
    return one(warehouse.updateProduct(message.getId(), change.getName(), change.getPrice(), valueOf(change.getNote())));
  }

  @Override
  public DeleteProductResponse deleteProduct(ById message) {
    warehouse.deleteProduct(message.getId());
    return new DeleteProductResponse();
  }

  @Override
  public ListProductsResponse listProducts(Page page) {
    ListProductsResponse answer = new ListProductsResponse();
    warehouse.listProducts(limitOf(page), afterIdOf(page)).forEach(product -> answer.getProduct().add(xml(product)));
    return answer;
  }

  @Override
  public OneOrder placeOrder(PlaceOrder message) {
    NewOrder order = message.getOrder();
    List<NewLine> lines = order.getLine().stream()
        .map(line -> new NewLine(line.getProductId(), line.getQuantity())).toList();
    return one(warehouse.placeOrder(order.getCustomer(), lines));
  }

  @Override
  public OneOrder getOrder(ById message) {
    return one(warehouse.getOrder(message.getId()));
  }

  @Override
  public OneOrder cancelOrder(CancelOrder message) {
    return one(warehouse.cancelOrder(message.getOrderId()));
  }

  @Override
  public ListOrdersResponse listOrders(Page page) {
    ListOrdersResponse answer = new ListOrdersResponse();
    warehouse.listOrders(limitOf(page), afterIdOf(page)).forEach(order -> answer.getOrder().add(xml(order)));
    return answer;
  }

  private static int limitOf(Page page) {
    return page.getLimit() == null ? 20 : page.getLimit();
  }

  private static int afterIdOf(Page page) {
    return page.getAfterId() == null ? 0 : page.getAfterId();
  }

  /** Null for an element that is absent, and for one that is nil. */
  private static String valueOf(JAXBElement<String> note) {
    return note == null || note.isNil() ? null : note.getValue();
  }

  private static OneProduct one(Warehouse.Product product) {
    OneProduct answer = new OneProduct();
    answer.setProduct(xml(product));
    return answer;
  }

  private OneOrder one(Warehouse.Order order) {
    OneOrder answer = new OneOrder();
    answer.setOrder(xml(order));
    return answer;
  }

  private static Product xml(Warehouse.Product product) {
    Product xml = new Product();
    xml.setId(product.id());
    xml.setName(product.name());
    xml.setPrice(product.price());
    xml.setStock(product.stock());
    xml.setNote(product.note());
    return xml;
  }

  private Order xml(Warehouse.Order order) {
    Order xml = new Order();
    xml.setId(order.id());
    xml.setCustomer(order.customer());
    xml.setStatus(Status.fromValue(order.status()));
    xml.setPlacedAt(types.newXMLGregorianCalendar(order.placedAt().toInstant().toString()));
    order.lines().forEach(line -> xml.getLine().add(xml(line)));
    xml.setTotal(order.total());
    return xml;
  }

  private static Line xml(Warehouse.Line line) {
    Line xml = new Line();
    xml.setProductId(line.productId());
    xml.setQuantity(line.quantity());
    xml.setProductName(line.productName());
    xml.setUnitPrice(line.unitPrice());
    return xml;
  }
}
