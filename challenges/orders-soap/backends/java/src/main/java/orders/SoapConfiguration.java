package orders;

import java.util.Map;
import org.apache.cxf.Bus;
import org.apache.cxf.annotations.SchemaValidation.SchemaValidationType;
import org.apache.cxf.bus.spring.SpringBus;
import org.apache.cxf.jaxws.EndpointImpl;
import org.apache.cxf.message.Message;
import org.apache.cxf.transport.servlet.CXFServlet;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The SOAP face under /soap/orders, and its WSDL under /soap/orders?wsdl. */
@Configuration
class SoapConfiguration {
  @Bean(name = Bus.DEFAULT_BUS_ID, destroyMethod = "shutdown")
  SpringBus bus() {
    return new SpringBus();
  }

  @Bean
  ServletRegistrationBean<CXFServlet> soapServlet() {
    ServletRegistrationBean<CXFServlet> servlet = new ServletRegistrationBean<>(new CXFServlet(), "/soap/*");
    servlet.addInitParameter("hide-service-list-page", "true");
    return servlet;
  }

  @Bean
  EndpointImpl ordersEndpoint(Bus bus, SoapFace face) {
    EndpointImpl endpoint = new EndpointImpl(bus, face);
    // JAXB reads what it can and leaves out the rest: only the schema refuses.
    endpoint.setProperties(Map.of(Message.SCHEMA_VALIDATION_ENABLED, SchemaValidationType.IN));
    endpoint.getOutFaultInterceptors().add(new Faults());
    endpoint.publish("/orders");
    return endpoint;
  }
}
