package bookshop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class BookshopApplication {
  public static void main(String[] arguments) {
    // Ask every connection whether it still lives before it is lent, also one that was used a moment ago.
    System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "0");
    SpringApplication.run(BookshopApplication.class, arguments);
  }
}
