package orders;

import jakarta.jws.WebService;
import orders.service.Orders;
import orders.xml.ById;
import orders.xml.CancelOrder;
import orders.xml.CreateProduct;
import orders.xml.DeleteProductResponse;
import orders.xml.ListOrdersResponse;
import orders.xml.ListProductsResponse;
import orders.xml.OneOrder;
import orders.xml.OneProduct;
import orders.xml.Page;
import orders.xml.PlaceOrder;
import orders.xml.UpdateProduct;
import org.springframework.stereotype.Component;

// Begin here. The interface and its messages are generated from src/main/resources/contract. What must hold is in brief.md, every
// path and field of the REST face in openapi.yaml; `assay check` tells what holds already.
@Component
@WebService(serviceName = "OrdersService", portName = "OrdersPort", targetNamespace = "urn:assay:orders:service",
    endpointInterface = "orders.service.Orders", wsdlLocation = "classpath:contract/service.wsdl")
public class SoapFace implements Orders {
  // The first operation to write: insert the product, and answer with it.
  @Override
  public OneProduct createProduct(CreateProduct message) {
    throw notWritten();
  }

  @Override
  public OneProduct getProduct(ById message) {
    throw notWritten();
  }

  @Override
  public OneProduct updateProduct(UpdateProduct message) {
    throw notWritten();
  }

  @Override
  public DeleteProductResponse deleteProduct(ById message) {
    throw notWritten();
  }

  @Override
  public ListProductsResponse listProducts(Page page) {
    throw notWritten();
  }

  @Override
  public OneOrder placeOrder(PlaceOrder message) {
    throw notWritten();
  }

  @Override
  public OneOrder getOrder(ById message) {
    throw notWritten();
  }

  @Override
  public OneOrder cancelOrder(CancelOrder message) {
    throw notWritten();
  }

  @Override
  public ListOrdersResponse listOrders(Page page) {
    throw notWritten();
  }

  private static RuntimeException notWritten() {
    return new UnsupportedOperationException("This is not written yet.");
  }
}
