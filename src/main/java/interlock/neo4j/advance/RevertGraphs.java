package interlock.neo4j.advance;

import interlock.model.ActionGraph;
import interlock.model.RevertGraph;
import interlock.model.RevertGraph.Order;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.QueryResult;
import interlock.neo4j.database.Transactions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.types.MapAccessor;

/**
 * The graphs of reverts that are being stored. The graph of a large plan is computed once and without the gate, because
 * that takes a while and the plan does not change meanwhile.
 *
 * <p>Used by the thread that advances; large graphs are computed on the executor's threads.
 */
public final class RevertGraphs {
    private static final Cypher SUCCEEDED_IN_PLAN = Cypher.of("advance/follow/succeeded-in-plan");
    private static final Cypher SUCCEEDED_BEFORE_PATH = Cypher.of("advance/follow/succeeded-before-path");
    private static final Cypher ORDER_OF = Cypher.of("advance/follow/order-of");
    private static final Cypher ORDER_BY_PATHS = Cypher.of("advance/follow/order-by-paths");

    /** Graphs of plans up to this number of actions are computed at once. */
    private static final int SMALL = 1_000;

    private final Transactions transactions;
    private final Executor executor;
    private final Map<String, CompletableFuture<ActionGraph>> known = new ConcurrentHashMap<>();

    /**
     * The identity of a graph of reverts.
     *
     * @param round the name of the roll-back, from which the reverts' uuids are derived
     * @param plan the uuid of the plan
     * @param path the uuid of the alternative path that waits for the reverts, if there is one
     * @param actions the number of the plan's actions
     */
    record Wanted(String round, String plan, @Nullable String path, int actions) {}

    /** Creates an empty registry. Large plans are read on the executor's threads. */
    public RevertGraphs(Transactions transactions, Executor executor) {
        this.transactions = transactions;
        this.executor = executor;
    }

    /**
     * {@return the graph, if it has been computed, in the order of storage: parents before children}
     *
     * @param isCommitted whether other transactions already see that no action of the plan runs
     */
    Optional<ActionGraph> of(ChangeContext context, Wanted wanted, boolean isCommitted) {
        CompletableFuture<ActionGraph> found = known.get(wanted.round());
        if (found == null && wanted.actions() <= SMALL) {
            return Optional.of(read(context::run, wanted));
        }
        if (found == null && isCommitted) {
            found = CompletableFuture.supplyAsync(() -> transactions.write(tx -> read(tx::run, wanted)), executor);
            known.put(wanted.round(), found);
        }
        if (found == null || !found.isDone()) {
            return Optional.empty();
        }
        if (found.isCompletedExceptionally()) {
            known.remove(wanted.round());
        }
        return Optional.of(QueryResult.await(found));
    }

    /** Forgets a graph after it was stored. */
    void forget(String round) {
        known.remove(round);
    }

    /** {@return the uuid of an action's revert} */
    static String uuid(String round, String undone) {
        return UUID.nameUUIDFromBytes((round + undone).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static ActionGraph read(BiFunction<Cypher, Map<String, Object>, QueryResult> run, Wanted wanted) {
        List<MapAccessor> actions = (wanted.path() == null
                        ? run.apply(SUCCEEDED_IN_PLAN, Map.of("plan", wanted.plan()))
                        : run.apply(SUCCEEDED_BEFORE_PATH, Map.of("path", wanted.path())))
                .list();
        List<String> undone = actions.stream()
                .filter(row -> row.get("undo").asBoolean())
                .map(row -> row.get("action").asString())
                .toList();
        List<Order> orders = new ArrayList<>();
        if (!undone.isEmpty()) {
            List<String> all =
                    actions.stream().map(row -> row.get("action").asString()).toList();
            run.apply(ORDER_OF, Map.of("actions", all)).forEachRemaining(row -> orders.add(order(row)));
            run.apply(ORDER_BY_PATHS, Map.of("paths", pathsOf(actions)))
                    .forEachRemaining(row -> orders.add(order(row)));
        }
        return RevertGraph.of(undone, orders).byLayer();
    }

    private static List<String> pathsOf(List<MapAccessor> actions) {
        return actions.stream()
                .map(row -> row.get("path").asString(null))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static Order order(MapAccessor row) {
        return new Order(row.get("later").asString(), row.get("earlier").asString());
    }
}
