package blog;

import blog.Problem.Refusal;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.keygen.KeyGenerators;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;
import org.springframework.stereotype.Service;

/** Passwords, signing in, and who sends a request. */
@Service
class Auth {
  record Session(String token, String expiresAt) {}

  private record Account(UUID id, String passwordHash) {}

  private record Attempts(int attempts, int seconds) {}

  private static final int ATTEMPTS_ALLOWED = 10;

  private final Pbkdf2PasswordEncoder passwords =
      new Pbkdf2PasswordEncoder("", 16, 100_000, SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256);
  /** Compared with when nobody has the address, so that it takes the same time. */
  private final Account nobody = new Account(null, passwords.encode(UUID.randomUUID().toString()));
  private final JdbcClient database;
  private final byte[] secret;

  Auth(JdbcClient database, @Value("${blog.secret}") String secret,
      @Value("${blog.admin.email}") String adminEmail, @Value("${blog.admin.password}") String adminPassword) {
    this.database = database;
    this.secret = secret.isEmpty() ? KeyGenerators.secureRandom(32).generateKey() : secret.getBytes(StandardCharsets.UTF_8);
    if (!adminEmail.isEmpty() && !adminPassword.isEmpty()) {
      database.sql("INSERT INTO users (email, password_hash, name, role) VALUES (?, ?, 'Admin', 'admin')"
          + " ON CONFLICT DO NOTHING").params(adminEmail, hash(adminPassword)).update();
    }
  }

  String hash(String password) {
    return passwords.encode(password);
  }

  /** Returns a token for whoever has this address and password. */
  Session logIn(String email, String password) {
    String address = email.toLowerCase(Locale.ROOT);
    countAttempt(address);
    Account account = database.sql("SELECT id, password_hash FROM users WHERE lower(email) = ?").param(address)
        .query(Account.class).optional().orElse(nobody);
    boolean matches = passwords.matches(password, account.passwordHash());
    if (account == nobody || !matches) {
      throw Refusal.WRONG_CREDENTIALS.problem(Map.of("WWW-Authenticate", "Bearer"));
    }
    database.sql("DELETE FROM login_attempts WHERE email = ?").param(address).update();
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Instant expires = now.plus(1, ChronoUnit.HOURS);
    JWTClaimsSet claims = new JWTClaimsSet.Builder().subject(account.id().toString()).issueTime(Date.from(now))
        .expirationTime(Date.from(expires)).build();
    return new Session(sign(claims), expires.toString());
  }

  /** Before the password is looked at: many guesses at once are not more than as many one by one. */
  private void countAttempt(String address) {
    Attempts counted = database.sql("""
        INSERT INTO login_attempts AS a (email, attempts, first_at) VALUES (?, 1, now())
        ON CONFLICT (email) DO UPDATE SET
          attempts = CASE WHEN a.first_at < now() - interval '15 minutes' THEN 1 ELSE a.attempts + 1 END,
          first_at = CASE WHEN a.first_at < now() - interval '15 minutes' THEN now() ELSE a.first_at END
        RETURNING attempts, ceil(extract(epoch FROM first_at + interval '15 minutes' - now()))::int AS seconds
        """).param(address).query(Attempts.class).single();
    if (counted.attempts() > ATTEMPTS_ALLOWED) {
      throw Refusal.TOO_MANY_ATTEMPTS.problem(
          Map.of("Retry-After", String.valueOf(Math.max(counted.seconds(), 1))));
    }
  }

  private String sign(JWTClaimsSet claims) {
    try {
      SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
      token.sign(new MACSigner(secret));
      return token.serialize();
    } catch (JOSEException error) {
      throw new IllegalStateException(error);
    }
  }

  /** The user whose token an `Authorization` header carries. */
  User userOf(String header) {
    boolean isBearer = header.regionMatches(true, 0, "Bearer ", 0, 7);
    Optional<UUID> id = isBearer ? subject(header.substring(7).trim()) : Optional.empty();
    return id.flatMap(this::find).orElseThrow(Problem::unauthorized);
  }

  private Optional<User> find(UUID id) {
    return database.sql("SELECT " + User.COLUMNS + " FROM users WHERE id = ?").param(id).query(User::of).optional();
  }

  private Optional<UUID> subject(String text) {
    try {
      SignedJWT token = SignedJWT.parse(text);
      JWSVerifier verifier = new MACVerifier(secret);
      JWTClaimsSet claims = token.getJWTClaimsSet();
      boolean valid = token.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) && token.verify(verifier)
          && claims.getSubject() != null && claims.getExpirationTime() != null && claims.getExpirationTime().after(new Date());
      return valid ? Optional.of(UUID.fromString(claims.getSubject())) : Optional.empty();
    } catch (ParseException | JOSEException | RuntimeException error) {
      // The library declares only the first two; over a token whose parts hold null it throws a NullPointerException.
      return Optional.empty();
    }
  }
}
