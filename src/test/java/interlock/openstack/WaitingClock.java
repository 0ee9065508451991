package interlock.openstack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A clock that stands still until somebody waits by it. */
public final class WaitingClock implements InstantSource, Waiter {
    final List<Duration> waits = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration duration) {
        if (duration.compareTo(Duration.ofMillis(100)) > 0) {
            waits.add(duration);
        }
        now = now.plus(duration);
    }
}
