package interlock.applier;

import java.util.List;
import java.util.Set;

/**
 * The input of an advance: what the applier reports, and how much new work it can take.
 *
 * @param applier its id
 * @param ended the ended attempts to store
 * @param reports the progress of running attempts
 * @param running its running attempts, without those that have ended
 * @param slots the number of actions that it can start
 * @param portion the number of actions that are processed in plans that start, stop or are retried
 */
public record AdvanceRequest(
        String applier,
        List<EndedAttempt> ended,
        List<ProgressReport> reports,
        Set<Attempt> running,
        int slots,
        int portion) {}
