package interlock.neo4j.retention;

import interlock.model.PlanState;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Transaction;
import interlock.neo4j.database.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.types.MapAccessor;

/**
 * Stores purges, and reads their progress. {@link PurgeWorker} carries them out. Every method throws {@link
 * interlock.applier.PlanGraph.GraphUnavailable} when the database is unavailable.
 */
public final class PurgeStore {
    /** The states in which plans can be purged. */
    public static final Set<PlanState> STATES =
            Set.of(PlanState.SUCCEEDED, PlanState.FAILED, PlanState.CANCELLED, PlanState.SUPERSEDED, PlanState.DELETED);

    /** The most plans that one purge may name. */
    public static final int MOST_NAMED = 1_000;

    static final Cypher CUT_OFF = Cypher.of("retention/cut-off");
    static final Cypher COUNT = Cypher.of("retention/count");
    static final Cypher CANDIDATES = Cypher.of("retention/candidates");
    private static final Cypher CREATE = Cypher.of("retention/create");
    private static final Cypher FIND = Cypher.of("retention/find");
    private static final Cypher RELEASE_ALL = Cypher.of("retention/release-all");
    private static final Cypher ANNOUNCE = Cypher.of("retention/announce");
    private static final Cypher DUE = Cypher.of("retention/due");
    private static final Cypher REMOVE_APPLIERS = Cypher.of("retention/remove-appliers");
    private static final Cypher FORGET = Cypher.of("retention/forget");
    private static final int PORTION = 1_000;

    private final Transactions graph;

    /**
     * Which plans to remove.
     *
     * @param olderThan how long ago they ended, were deleted or restored
     * @param states their states, of {@link #STATES}
     * @param plans only plans with these uuids; empty: any
     */
    public record Selection(Duration olderThan, Collection<PlanState> states, Optional<List<String>> plans) {}

    /**
     * What a purge would remove.
     *
     * @param total the number of plans and actions
     * @param kept the number of plans that are kept until webhooks were told about their changes
     * @param first the first plans
     */
    public record DryRun(Purge.Amount total, long kept, List<String> first) {}

    /**
     * When the retention time begins to count.
     *
     * @param beginsAt a day after the first start of a service with a retention time
     * @param begun whether that has passed
     * @param plans the number of plans whose retention time has passed
     */
    public record Announcement(Instant beginsAt, boolean begun, long plans) {}

    public PurgeStore(Transactions graph) {
        this.graph = graph;
    }

    /** {@return what a purge would remove now} */
    public DryRun dryRun(Selection selection) {
        return graph.read(tx -> {
            Map<String, @Nullable Object> parameters = parameters(tx, selection);
            MapAccessor counted = tx.run(COUNT, parameters).single();
            parameters.put("limit", MOST_NAMED);
            return new DryRun(
                    amount(counted),
                    counted.get("kept").asLong(),
                    tx.run(CANDIDATES, parameters).list(row -> row.get("plan").asString()));
        });
    }

    /** {@return a new purge} */
    public Purge create(Selection selection) {
        return graph.write(tx -> create(tx, selection, false));
    }

    private static Purge create(Transaction tx, Selection selection, boolean retention) {
        Map<String, @Nullable Object> chosen = parameters(tx, selection);
        Purge.Amount total = amount(tx.run(COUNT, chosen).single());
        String uuid = UUID.randomUUID().toString();
        Map<String, @Nullable Object> purge = new HashMap<>();
        purge.put("uuid", uuid);
        purge.put("retention", retention);
        purge.put("olderThan", selection.olderThan().toString());
        purge.put("before", chosen.get("before"));
        purge.put("states", chosen.get("states"));
        purge.put("planUuids", chosen.get("plans"));
        purge.put("plans", total.plans());
        purge.put("actions", total.actions());
        tx.run(CREATE, Map.of("purge", purge)).consume();
        return find(tx, uuid).orElseThrow();
    }

    private static Map<String, @Nullable Object> parameters(Transaction tx, Selection selection) {
        ZonedDateTime before = tx.run(CUT_OFF, Map.of("olderThan", selection.olderThan()))
                .single()
                .get("before")
                .asZonedDateTime();
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("before", before);
        parameters.put(
                "states",
                selection.states().stream().map(PlanState::name).sorted().toList());
        parameters.put("plans", selection.plans().map(ArrayList::new).orElse(null));
        return parameters;
    }

    private static Purge.Amount amount(MapAccessor row) {
        return new Purge.Amount(row.get("plans").asLong(), row.get("actions").asLong());
    }

    /** {@return the purge, if there is one} */
    public Optional<Purge> find(UUID uuid) {
        return graph.read(tx -> find(tx, uuid.toString()));
    }

    private static Optional<Purge> find(Transaction tx, String uuid) {
        return tx.run(FIND, Map.of("uuid", uuid)).stream().findFirst().map(row -> Purge.of(row.get("purge")));
    }

    /** Ends the claims of all purges. Only for a process that is alone on its database. */
    public void releaseAll() {
        graph.write(tx -> tx.run(RELEASE_ALL, Map.of()).list());
    }

    /** {@return when the retention time begins to count} The first call for a database decides. */
    public Announcement announce(Duration retention) {
        return graph.write(tx -> {
            MapAccessor row = tx.run(ANNOUNCE, Map.of()).single();
            return new Announcement(
                    row.get("beginsAt").asZonedDateTime().toInstant(),
                    row.get("begun").asBoolean(),
                    amount(tx.run(COUNT, parameters(tx, all(retention))).single())
                            .plans());
        });
    }

    /**
     * Stores a purge of the plans whose retention time has passed, if there are any. Does so once an hour, for all
     * services together, and after the moment of the {@linkplain #announce announcement} only.
     *
     * @return the new purge
     */
    public Optional<Purge> purgeOld(Duration retention) {
        return graph.write(tx -> {
            if (tx.run(DUE, Map.of()).list().isEmpty()) {
                return Optional.empty();
            }
            Map<String, @Nullable Object> parameters = parameters(tx, all(retention));
            parameters.put("limit", 1);
            return tx.run(CANDIDATES, parameters).list().isEmpty()
                    ? Optional.empty()
                    : Optional.of(create(tx, all(retention), true));
        });
    }

    private static Selection all(Duration retention) {
        return new Selection(retention, STATES, Optional.empty());
    }

    /** Removes appliers that left or were lost more than a day ago, and purges that ended long ago. */
    public void sweep() {
        long removed;
        do {
            removed = graph.write(tx -> tx.run(REMOVE_APPLIERS, Map.of("limit", PORTION))
                    .single()
                    .get("removed")
                    .asLong());
        } while (removed == PORTION);
        graph.write(tx -> tx.run(FORGET, Map.of()).list());
    }
}
