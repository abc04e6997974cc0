package blog;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class BlogApplication {
  public static void main(String[] arguments) {
    SpringApplication.run(BlogApplication.class, arguments);
  }
}
