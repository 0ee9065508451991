package interlock.applier;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The latest report of a running attempt.
 *
 * @param claim the claim of its attempt
 * @param progress from 0 to 1, if reported
 * @param requestIds the ids that remote services gave to its requests, in order
 */
public record ProgressReport(Claim claim, OptionalDouble progress, List<String> requestIds) {
    public ProgressReport {
        requestIds = List.copyOf(requestIds);
    }
}
