package interlock.neo4j.retention;

import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Transaction;
import interlock.neo4j.database.Transactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/**
 * The transactions of a claimed purge. Plans are marked first, under the gate: nobody finds them any more. Then their
 * paths, actions and revisions are removed in portions, without the gate except for the uses of resources, and the
 * plans themselves last. Used by one thread.
 */
final class PurgeSteps {
    private static final Cypher MARKED = Cypher.of("retention/marked");
    private static final Cypher MARK = Cypher.of("retention/mark");
    private static final Cypher REMOVE_PATHS = Cypher.of("retention/remove-paths");
    private static final Cypher ACTIONS = Cypher.of("retention/actions");
    private static final Cypher RELEASE_RESOURCES = Cypher.of("retention/release-resources");
    private static final Cypher REMOVE_ACTIONS = Cypher.of("retention/remove-actions");
    private static final Cypher REMOVE_REVISIONS = Cypher.of("retention/remove-revisions");
    private static final Cypher REMOVE_PLANS = Cypher.of("retention/remove-plans");
    private static final Cypher PROGRESS = Cypher.of("retention/progress");
    private static final Cypher END = Cypher.of("retention/end");

    /** How long a transaction without the gate may take. */
    private static final Duration TRANSACTION = Duration.ofMillis(50);

    /** How long a transaction may hold the gate. */
    private static final Duration GATE = Duration.ofMillis(10);

    private static final int MOST_PLANS = 200;

    private final Transactions graph;
    private final PurgeClaim claim;
    private final LongSupplier nanoTime;
    private final Portion paths = new Portion(TRANSACTION);
    private final Portion actions = new Portion(TRANSACTION);
    private final Portion uses = new Portion(GATE);
    private final Portion revisions = new Portion(TRANSACTION);

    /** The result of a step. */
    sealed interface Done {
        /**
         * Something was removed.
         *
         * @param busy whether plans run
         */
        record Removed(boolean busy) implements Done {}

        /**
         * Nothing is left to remove.
         *
         * @param kept the number of plans that webhooks were not told about
         */
        record Nothing(long kept) implements Done {}
    }

    /** Another service has the claim. The transaction that found out is rolled back. */
    static final class ClaimLost extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    PurgeSteps(Transactions graph, PurgeClaim claim, LongSupplier nanoTime) {
        this.graph = graph;
        this.claim = claim;
        this.nanoTime = nanoTime;
    }

    /**
     * Removes the next portion.
     *
     * @throws ClaimLost when another service has the claim
     */
    Done next() {
        MapAccessor found = graph.read(tx -> tx.run(MARKED, Map.of("uuid", claim.uuid(), "limit", MOST_PLANS))
                .single());
        boolean busy = found.get("busy").asBoolean();
        List<String> plans = found.get("plans").asList(Value::asString);
        if (plans.isEmpty()) {
            return mark() ? new Done.Removed(busy) : new Done.Nothing(kept());
        }
        if (remove(paths, REMOVE_PATHS, plans) == 0
                && removeActions(plans) == 0
                && remove(revisions, REMOVE_REVISIONS, plans) == 0) {
            removePlans(plans);
        }
        return new Done.Removed(busy);
    }

    /** Marks plans with about as many actions as one transaction removes. */
    private boolean mark() {
        Map<String, @Nullable Object> selection = claim.selection();
        selection.put("limit", MOST_PLANS);
        List<String> chosen = new ArrayList<>();
        graph.read(tx -> {
            chosen.clear();
            long sum = 0;
            for (MapAccessor row : tx.run(PurgeStore.CANDIDATES, selection).list()) {
                long its = row.get("actions").asLong();
                if (chosen.isEmpty() || sum + its <= actions.size()) {
                    chosen.add(row.get("plan").asString());
                    sum += its;
                }
            }
            return chosen.size();
        });
        return !chosen.isEmpty() && gated(tx -> mark(tx, chosen)) > 0;
    }

    /** Looks again under the gate: the plans may have been retried meanwhile. */
    private int mark(Transaction tx, List<String> chosen) {
        Map<String, @Nullable Object> selection = claim.selection();
        selection.put("plans", chosen);
        selection.put("limit", chosen.size());
        List<String> still = tx.run(PurgeStore.CANDIDATES, selection)
                .list(row -> row.get("plan").asString());
        progress(tx, 0, 0);
        return tx.run(MARK, Map.of("uuid", claim.uuid(), "plans", still))
                .single()
                .get("marked")
                .asInt();
    }

    private int remove(Portion portion, Cypher cypher, List<String> plans) {
        return timed(
                portion,
                () -> graph.write(tx -> {
                    progress(tx, 0, 0);
                    return removed(tx, cypher, Map.of("plans", plans, "limit", portion.size()));
                }));
    }

    private int removeActions(List<String> plans) {
        MapAccessor found = graph.read(tx ->
                tx.run(ACTIONS, Map.of("plans", plans, "limit", actions.size())).single());
        List<String> some = found.get("actions").asList(Value::asString);
        if (some.isEmpty()) {
            return 0;
        }
        List<String> using = found.get("uses").asList(Value::asString);
        for (int from = 0, size; from < using.size(); from += size) {
            size = Math.min(uses.size(), using.size() - from);
            List<String> part = new ArrayList<>(using.subList(from, from + size));
            int asked = size;
            gated(tx -> timed(uses, () -> {
                progress(tx, 0, 0);
                tx.run(RELEASE_RESOURCES, Map.of("actions", part)).consume();
                return asked;
            }));
        }
        return timed(
                actions,
                () -> graph.write(tx -> {
                    progress(tx, 0, some.size());
                    return removed(tx, REMOVE_ACTIONS, Map.of("actions", some));
                }));
    }

    private void removePlans(List<String> plans) {
        gated(tx -> {
            progress(tx, plans.size(), 0);
            return removed(tx, REMOVE_PLANS, Map.of("plans", plans));
        });
    }

    private int gated(Function<Transaction, Integer> work) {
        return graph.write(tx -> {
            tx.takeGate();
            return work.apply(tx);
        });
    }

    private static int removed(Transaction tx, Cypher cypher, Map<String, ?> parameters) {
        return tx.run(cypher, parameters).single().get("removed").asInt();
    }

    private int timed(Portion portion, IntWork work) {
        long began = nanoTime.getAsLong();
        int nodes = work.run();
        portion.took(nodes, Duration.ofNanos(nanoTime.getAsLong() - began));
        return nodes;
    }

    @FunctionalInterface
    private interface IntWork {
        int run();
    }

    private void progress(Transaction tx, int plans, int actions) {
        Map<String, Object> parameters = Map.of(
                "uuid",
                claim.uuid(),
                "fence",
                claim.fence(),
                "plans",
                plans,
                "actions",
                actions,
                "lease",
                PurgeWorker.LEASE);
        if (tx.run(PROGRESS, parameters).list().isEmpty()) {
            throw new ClaimLost();
        }
    }

    private long kept() {
        return graph.read(tx ->
                tx.run(PurgeStore.COUNT, claim.selection()).single().get("kept").asLong());
    }

    /** Extends the claim. */
    void goOn() {
        graph.write(tx -> {
            progress(tx, 0, 0);
            return 0;
        });
    }

    /** Ends the purge, which has kept that many plans. */
    void end(long kept) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("uuid", claim.uuid());
        parameters.put("fence", claim.fence());
        parameters.put("kept", kept);
        if (graph.write(tx -> tx.run(END, parameters).list()).isEmpty()) {
            throw new ClaimLost();
        }
    }
}
