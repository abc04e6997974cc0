package blog;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration
class WebConfiguration implements WebMvcConfigurer {
  private final Auth auth;

  WebConfiguration(Auth auth) {
    this.auth = auth;
  }

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

  /** A parameter `User` is whoever is signed in, and nobody else gets in; `Optional<User>` may be nobody. */
  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new HandlerMethodArgumentResolver() {
      @Override
      public boolean supportsParameter(MethodParameter parameter) {
        return parameter.nestedIfOptional().getNestedParameterType() == User.class;
      }

      @Override
      public Object resolveArgument(MethodParameter parameter, ModelAndViewContainer container,
          NativeWebRequest request, WebDataBinderFactory binders) {
        Optional<User> user = Optional.ofNullable(request.getHeader("Authorization")).map(auth::userOf);
        return parameter.isOptional() ? user : user.orElseThrow(Problem::unauthorized);
      }
    });
  }

  /** Lets scripts of one origin call the API and read its answers. */
  @Bean
  OncePerRequestFilter cors(@Value("${blog.cors-origin}") String origin) {
    return new OncePerRequestFilter() {
      @Override
      protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
          throws IOException, ServletException {
        response.addHeader("Vary", "Origin");
        boolean allowed = !origin.isEmpty() && origin.equals(request.getHeader("Origin"));
        if (allowed) {
          response.setHeader("Access-Control-Allow-Origin", origin);
          response.setHeader("Access-Control-Expose-Headers", "ETag, Location, Retry-After");
        }
        if (allowed && request.getMethod().equals("OPTIONS")
            && request.getHeader("Access-Control-Request-Method") != null) {
          response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
          response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match, If-None-Match");
          response.setHeader("Access-Control-Max-Age", "600");
          response.setStatus(204);
        } else {
          chain.doFilter(request, response);
        }
      }
    };
  }
}
