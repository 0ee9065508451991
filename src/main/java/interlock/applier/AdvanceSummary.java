package interlock.applier;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What one advance did, for those who count and tell.
 *
 * @param took how long it took, the commit included
 * @param settled the attempts whose end it stored
 * @param refused the attempts whose end it was too late for
 * @param claims the actions that it started
 * @param lost how many running actions it took back from appliers that were lost
 * @param running how many actions this applier runs now
 * @param plans the plans that it changed
 */
public record AdvanceSummary(
        Duration took,
        List<Settlement> settled,
        List<Settlement> refused,
        List<Claim> claims,
        int lost,
        int running,
        Set<UUID> plans) {}
