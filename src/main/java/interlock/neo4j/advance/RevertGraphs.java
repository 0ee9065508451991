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
 * The graphs of reverts that are being stored. That of a large plan takes a while to find out; so it is, once, while nobody holds the
 * gate: nothing of the plan changes meanwhile.
 *
 * <p>Used by the thread that advances; the graphs are made by the executor's.
 */
public final class RevertGraphs {
    private static final Cypher SUCCEEDED_IN_PLAN = Cypher.of("advance/follow/succeeded-in-plan");
    private static final Cypher SUCCEEDED_BEFORE_PATH = Cypher.of("advance/follow/succeeded-before-path");
    private static final Cypher ORDER_OF = Cypher.of("advance/follow/order-of");
    private static final Cypher ORDER_BY_PATHS = Cypher.of("advance/follow/order-by-paths");

    /** Up to so many actions the graph is found out at once. */
    private static final int SMALL = 1_000;

    private final Transactions transactions;
    private final Executor executor;
    private final Map<String, CompletableFuture<ActionGraph>> known = new ConcurrentHashMap<>();

    /**
     * Which reverts.
     *
     * @param round their name
     * @param plan of which plan (uuid)
     * @param path before which alternative path (uuid), if before one
     * @param actions how many actions the plan has
     */
    record Wanted(String round, String plan, @Nullable String path, int actions) {}

    /** Takes what reads large plans, on which thread. */
    public RevertGraphs(Transactions transactions, Executor executor) {
        this.transactions = transactions;
        this.executor = executor;
    }

    /**
     * {@return the graph, if it is known} It has the order in which it is stored: parents before children.
     *
     * @param isCommitted whether others can see by now that nothing of the plan runs
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

    /** Forgets a graph that is stored. */
    void forget(String round) {
        known.remove(round);
    }

    /** {@return the uuid of what undoes an action} */
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
