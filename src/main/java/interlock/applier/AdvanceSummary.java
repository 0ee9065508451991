package interlock.applier;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Facts about one advance, for metrics and the log.
 *
 * @param took its duration, including the commit
 * @param settled the attempts whose outcome it stored
 * @param refused the attempts whose outcome came too late
 * @param claims the actions that it started
 * @param lost the number of running actions that it took back from lost appliers
 * @param running the number of actions that this applier now runs
 * @param plans the changed plans
 */
public record AdvanceSummary(
        Duration took,
        List<Settlement> settled,
        List<Settlement> refused,
        List<Claim> claims,
        int lost,
        int running,
        Set<UUID> plans) {}
