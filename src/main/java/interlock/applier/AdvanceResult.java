package interlock.applier;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The result of a committed advance.
 *
 * @param settled the attempts whose outcome was stored, including those taken back from lost appliers
 * @param refused the attempts whose outcome came too late: their actions were taken back before
 * @param claims the actions that the applier must run
 * @param unreadable claimed actions that cannot run because their stored properties are invalid
 * @param lost the number of actions that were taken back from lost appliers
 * @param unknown attempts that the applier runs but the graph does not know: they must be stopped
 * @param aborts the attempts to abort, with the reasons
 * @param nextDue the time until the next work is due, if known
 * @param plans the changed plans
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
