package blog;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Asks for a URL that a user gave, and never connects to what is not of the public Internet. */
final class Website {
  private static final int TIMEOUT = 3000;
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-3][0-9]{2}).*", Pattern.DOTALL);

  static boolean isReachable(String url) {
    try {
      URI uri = URI.create(url);
      boolean secure = uri.getScheme().equals("https");
      int port = uri.getPort() != -1 ? uri.getPort() : secure ? 443 : 80;
      InetAddress[] addresses = InetAddress.getAllByName(uri.getHost());
      for (InetAddress address : addresses) {
        if (!isPublic(address)) {
          return false;
        }
      }
      // Connects to the address that was looked at; the name might lead elsewhere the next time.
      try (Socket plain = new Socket()) {
        // The time limit of a socket is for each read; this one is for all of it. Closing what is closed does nothing.
        CompletableFuture.delayedExecutor(TIMEOUT, TimeUnit.MILLISECONDS).execute(() -> close(plain));
        plain.connect(new InetSocketAddress(addresses[0], port));
        return answers(secure ? encrypted(plain, uri.getHost(), port) : plain, uri);
      }
    } catch (IOException | IllegalArgumentException | NullPointerException error) {
      return false;
    }
  }

  private static Socket encrypted(Socket plain, String host, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return socket;
  }

  private static boolean answers(Socket socket, URI uri) throws IOException {
    String path = uri.getPath().isEmpty() ? "/" : uri.getPath();
    String request = "GET " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\nConnection: close\r\n\r\n";
    OutputStream output = socket.getOutputStream();
    output.write(request.getBytes(StandardCharsets.US_ASCII));
    output.flush();
    InputStream input = socket.getInputStream();
    Matcher status = STATUS_LINE.matcher(new String(input.readNBytes(16), StandardCharsets.ISO_8859_1));
    return status.matches();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (address instanceof Inet6Address) {
      // Of IPv6, only 2000::/3 is public; tunnels and documentation in it are not.
      boolean special = first == 0x20 && (second == 0x02 || (second == 0x01 && bytes[2] < 0x02 && bytes[2] >= 0))
          || first == 0x20 && second == 0x01 && bytes[2] == 0x0d && (bytes[3] & 0xff) == 0xb8;
      return (first & 0xe0) == 0x20 && !special;
    }
    boolean shared = first == 100 && (second & 0xc0) == 64;
    boolean reserved = first == 0 || first >= 224 || first == 192 && second == 0 && bytes[2] == 0
        || first == 198 && (second & 0xfe) == 18;
    boolean documentation = first == 192 && second == 0 && bytes[2] == 2 || first == 198 && second == 51 && bytes[2] == 100
        || first == 203 && second == 0 && bytes[2] == 113;
    return !(address.isLoopbackAddress() || address.isSiteLocalAddress() || address.isLinkLocalAddress() || shared
        || reserved || documentation);
  }
}
