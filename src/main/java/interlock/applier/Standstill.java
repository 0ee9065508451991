package interlock.applier;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tracks how long no step of an applier has succeeded. The driver writes, any thread reads. */
final class Standstill {
    private final Duration tolerated;
    private final InstantSource clock;
    private volatile @Nullable Failing failing;

    private record Failing(Instant since, String why) {}

    Standstill(Duration tolerated, InstantSource clock) {
        this.tolerated = tolerated;
        this.clock = clock;
    }

    /** {@return whether the standstill begins with this failed step} */
    boolean begun(String why) {
        Failing before = failing;
        failing = new Failing(before == null ? clock.instant() : before.since(), why);
        return before == null;
    }

    /** {@return whether a standstill ends with this successful step} */
    boolean ended() {
        boolean stood = failing != null;
        failing = null;
        return stood;
    }

    /** {@return the reason, if no step has succeeded for longer than tolerated} */
    Optional<String> complaint() {
        Instant now = clock.instant();
        return Optional.ofNullable(failing)
                .filter(it -> Duration.between(it.since(), now).compareTo(tolerated) > 0)
                .map(it -> "the applier has stored nothing for %d s: %s"
                        .formatted(Duration.between(it.since(), now).toSeconds(), it.why()));
    }
}
