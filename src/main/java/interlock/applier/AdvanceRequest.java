package interlock.applier;

import java.util.List;
import java.util.Set;

/**
 * What an applier brings to an advance, and what it asks of it.
 *
 * @param applier its id
 * @param ended the attempts that have ended, to be stored
 * @param reports what running attempts have told of themselves
 * @param running the attempts that it runs, without those that have ended
 * @param slots how many actions it can start
 * @param portion how many actions of plans that begin, stop or start again are looked at
 */
public record AdvanceRequest(
        String applier,
        List<EndedAttempt> ended,
        List<ProgressReport> reports,
        Set<Attempt> running,
        int slots,
        int portion) {}
