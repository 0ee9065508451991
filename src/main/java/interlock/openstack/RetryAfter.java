package interlock.openstack;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Parses the header {@code Retry-After}: RFC 9110, section 10.2.3. */
final class RetryAfter {
    private static final int LONGEST = 9;

    private RetryAfter() {}

    /** {@return how long to wait from now; empty if the header has neither of the two forms} */
    static Optional<Duration> parse(String header, Instant now) {
        String text = header.strip();
        if (text.matches("\\d{1," + LONGEST + "}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
