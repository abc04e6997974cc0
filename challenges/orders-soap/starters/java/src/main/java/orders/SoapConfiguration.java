package orders;

import org.apache.cxf.Bus;
import org.apache.cxf.bus.spring.SpringBus;
import org.apache.cxf.jaxws.EndpointImpl;
import org.apache.cxf.transport.servlet.CXFServlet;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class SoapConfiguration {
  @Bean(name = Bus.DEFAULT_BUS_ID, destroyMethod = "shutdown")
  SpringBus bus() {
    return new SpringBus();
  }

  @Bean
  ServletRegistrationBean<CXFServlet> soapServlet() {
    return new ServletRegistrationBean<>(new CXFServlet(), "/soap/*");
  }

  @Bean
  EndpointImpl ordersEndpoint(Bus bus, SoapFace face) {
    EndpointImpl endpoint = new EndpointImpl(bus, face);
    endpoint.publish("/orders");
    return endpoint;
  }
}
