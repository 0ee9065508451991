package interlock.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses durations: ISO-8601, such as {@code PT1M30S}, or the short forms {@code 250ms}, {@code 10s}, {@code 5m}. */
public final class DurationText {
    private static final Pattern SHORT = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)\\s?(ms|s|m|h|d)");
    private static final long MOST_DAYS = 36_525;
    private static final Map<String, Long> NANOS = Map.of(
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L,
            "d",
            86_400_000_000_000L);

    private DurationText() {}

    /**
     * {@return the duration}
     *
     * @throws IllegalArgumentException if the text is not a duration, or the duration is negative or longer than 100
     *     years
     */
    public static Duration parse(String text) {
        Duration duration = read(text.strip());
        if (!isPossible(duration)) {
            throw notADuration(text);
        }
        return duration;
    }

    /** {@return whether an action may take this long: not less than zero and not longer than 100 years} */
    public static boolean isPossible(Duration duration) {
        return !duration.isNegative() && duration.toDays() <= MOST_DAYS;
    }

    private static Duration read(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (matcher.matches()) {
            BigDecimal nanos = new BigDecimal(matcher.group(1))
                    .multiply(BigDecimal.valueOf(NANOS.getOrDefault(matcher.group(2), 0L)))
                    .setScale(0, RoundingMode.HALF_UP);
            return nanos.toBigInteger().bitLength() > 62
                    ? Duration.ofSeconds(Long.MAX_VALUE)
                    : Duration.ofNanos(nanos.longValue());
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException | ArithmeticException e) {
            throw notADuration(text);
        }
    }

    private static IllegalArgumentException notADuration(String text) {
        return new IllegalArgumentException(
                "'%s' is not a duration: write PT1M30S, 250ms, 10s, 5m, 2h or 1d".formatted(text));
    }
}
