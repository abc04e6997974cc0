package orders;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class OrdersApplication {
  public static void main(String[] arguments) {
    // Ask every connection whether it still lives before it is lent, also one that was used a moment ago.
    System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "0");
    // A character is a code point in XML Schema; the JDK's validator counts half of one unless it is told not to.
    System.setProperty("com.sun.org.apache.xerces.internal.impl.dv.xs.useCodePointCountForStringLength", "true");
    SpringApplication.run(OrdersApplication.class, arguments);
  }
}
