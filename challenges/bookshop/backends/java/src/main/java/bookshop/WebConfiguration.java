package bookshop;

import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class WebConfiguration {
  /** Odd paths are for the routes to refuse, with a problem; Tomcat would answer in HTML. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcat() {
    return factory -> {
      factory.addConnectorCustomizers(connector -> {
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        connector.setProperty("relaxedPathChars", "<>[\\]^`{|}\"");
        connector.setProperty("relaxedQueryChars", "<>[\\]^`{|}\"");
      });
      factory.addContextCustomizers(context ->
          ((StandardHost) context.getParent()).setErrorReportValveClass(MalformedRequests.class.getName()));
    };
  }
}
