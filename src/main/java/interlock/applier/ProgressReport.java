package interlock.applier;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a running attempt has told of itself.
 *
 * @param claim whose attempt it is
 * @param progress how far it has come, from 0 to 1, if it has said so
 * @param requestIds by which services know its requests, in order
 */
public record ProgressReport(Claim claim, OptionalDouble progress, List<String> requestIds) {
    /** Copies the list. */
    public ProgressReport {
        requestIds = List.copyOf(requestIds);
    }
}
