package interlock.neo4j.store;

import interlock.applier.AdvanceRequest;
import interlock.applier.AdvanceResult;
import interlock.applier.PlanGraph;
import interlock.applier.ResultJudge;
import interlock.neo4j.advance.Advance;
import interlock.neo4j.advance.RevertGraphs;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Transaction;
import interlock.neo4j.database.Transactions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * The stored plans in Neo4j. Every change of a state first locks one node, the gate, so that changes are serialised.
 */
public final class Neo4jPlanGraph implements PlanGraph {
    private static final Cypher REGISTER = Cypher.of("applier/register");
    private static final Cypher LEAVE = Cypher.of("applier/leave");
    private static final Cypher ACTIVE_HERE = Cypher.of("applier/active-here");
    private static final Cypher EXPIRE_LEASE = Cypher.of("applier/expire-lease");
    private static final Cypher RENEW = Cypher.of("applier/renew");

    /** The fraction of its lease in which an applier may still renew it after another one has noticed its expiry. */
    private static final int GRACES_IN_A_LEASE = 10;

    private final Transactions graph;
    private final Member member;
    private final Advance.Settings settings;

    /**
     * The applier's description of itself.
     *
     * @param host its machine
     * @param process its process id
     * @param maxConcurrentActions the number of actions that it runs at once
     * @param lease how long it may be silent before other appliers take back its actions
     */
    public record Member(String host, long process, int maxConcurrentActions, Duration lease) {}

    /**
     * Creates the graph for an applier.
     *
     * @param background runs long reads, such as the order of a large roll-back
     */
    public Neo4jPlanGraph(Transactions graph, Member member, Executor background) {
        this(graph, member, graph, background);
    }

    /**
     * Creates the graph for an applier.
     *
     * @param reads transactions for the threads of {@code background}
     * @param background runs long reads, such as the order of a large roll-back
     */
    public Neo4jPlanGraph(Transactions graph, Member member, Transactions reads, Executor background) {
        this.graph = graph;
        this.member = member;
        this.settings = new Advance.Settings(
                member.host(),
                member.maxConcurrentActions(),
                member.lease().dividedBy(GRACES_IN_A_LEASE),
                new RevertGraphs(reads, background));
    }

    @Override
    public String register() {
        String id = member.host() + "-"
                + HexFormat.of().toHexDigits(UUID.randomUUID().getMostSignificantBits(), 8);
        graph.write(tx -> {
            register(tx, id);
            return null;
        });
        return id;
    }

    void register(Transaction tx, String id) {
        Map<String, Object> parameters = Map.of(
                "id", id,
                "host", member.host(),
                "process", member.process(),
                "maxConcurrentActions", member.maxConcurrentActions(),
                "lease", member.lease());
        tx.run(REGISTER, parameters).consume();
    }

    /**
     * {@return a task for the idle time of an applier, while nothing is running} It applies small plans in transactions
     * that are rolled back, so that the first real plan is not slowed down by cold caches of the database and the
     * virtual machine.
     *
     * @param wanted whether another writer waits; the task then ends at once
     */
    public Consumer<String> warmingUp(BooleanSupplier wanted) {
        return new Warmup(graph, this, wanted)::next;
    }

    /**
     * Expires the leases of this machine's appliers whose processes have ended, so that their actions are taken back at
     * once. Valid only if all appliers run on this machine and see each other's processes, as with an embedded
     * database.
     *
     * @param isAlive whether a process is a running process other than this one
     */
    public void expireTheDead(LongPredicate isAlive) {
        graph.write(tx -> {
            List<String> dead = tx.run(ACTIVE_HERE, Map.of("host", member.host())).stream()
                    .filter(row -> !isAlive.test(row.get("process").asLong()))
                    .map(row -> row.get("id").asString())
                    .toList();
            return tx.run(EXPIRE_LEASE, Map.of("ids", dead)).list();
        });
    }

    @Override
    public void renew(String applier) {
        boolean held = graph.write(tx -> tx.run(RENEW, Map.of("applier", applier, "lease", member.lease()))
                .single()
                .get("held")
                .asBoolean());
        if (!held) {
            throw new LeaseLost(applier);
        }
    }

    @Override
    public AdvanceResult advance(AdvanceRequest request, ResultJudge judge) {
        AtomicBoolean gateHeld = new AtomicBoolean();
        try {
            return graph.write(tx -> {
                gateHeld.set(false);
                return new Advance(tx, settings, request, judge).perform(() -> gateHeld.set(true));
            });
        } catch (TransactionTimedOut e) {
            throw gateHeld.get() ? new AdvanceTooLarge("the advance exceeded the transaction time-out", e) : e;
        }
    }

    AdvanceResult advance(Transaction tx, AdvanceRequest request, ResultJudge judge) {
        return new Advance(tx, settings, request, judge).perform(() -> {});
    }

    @Override
    public boolean hasWork(String applier) {
        return graph.read(tx -> Advance.look(tx, applier)).hasWork();
    }

    @Override
    public void leave(String applier) {
        graph.write(tx -> tx.run(LEAVE, Map.of("applier", applier)).list());
    }
}
