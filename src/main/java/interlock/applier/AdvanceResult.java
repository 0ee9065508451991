package interlock.applier;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * An advance that is stored.
 *
 * @param settled the attempts whose end was stored, with those that were taken back from others
 * @param refused the attempts whose end came too late: their actions have been given to others
 * @param claims what the applier is to run
 * @param unreadable what was claimed and cannot be run, since what is stored of it cannot be read
 * @param lost how many actions were taken back from appliers that were lost
 * @param unknown attempts that the applier runs and the graph knows nothing of: they are to be stopped
 * @param aborts the attempts that are to be aborted, and why
 * @param nextDue how long until there is something to do again, if that is known
 * @param plans the plans that have changed
 */
public record AdvanceResult(
        List<Settlement> settled,
        List<Settlement> refused,
        List<Claim> claims,
        List<EndedAttempt> unreadable,
        int lost,
        Set<Attempt> unknown,
        Map<Attempt, String> aborts,
        Optional<Duration> nextDue,
        Set<UUID> plans) {}
