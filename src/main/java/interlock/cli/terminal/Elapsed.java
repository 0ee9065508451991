package interlock.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A duration as text for people. */
public record Elapsed(Duration duration) {
    /** Never negative: the clocks of two machines differ. */
    public static Elapsed between(Instant from, Instant to) {
        Duration duration = Duration.between(from, to);
        return new Elapsed(duration.isNegative() ? Duration.ZERO : duration);
    }

    /** {@return the duration of something that may not have begun, or not have ended} */
    public static String text(@Nullable Instant from, @Nullable Instant to, Instant now) {
        return from == null ? "" : between(from, to == null ? now : to).toString();
    }

    /** {@return the largest unit only: {@code 3m}} */
    public String rounded() {
        return toString().replaceAll("[. ].*", "").replaceAll("(\\d)$", "$1s");
    }

    @Override
    public String toString() {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return "%d.%ds".formatted(seconds, duration.toMillisPart() / 100);
        }
        if (seconds < 3600) {
            return "%dm %ds".formatted(seconds / 60, seconds % 60);
        }
        if (seconds < 86_400) {
            return "%dh %dm".formatted(seconds / 3600, seconds / 60 % 60);
        }
        return "%dd %dh".formatted(seconds / 86_400, seconds / 3600 % 24);
    }
}
