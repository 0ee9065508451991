package interlock.neo4j;

import interlock.applier.PlanGraph;
import interlock.applier.Turn;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongPredicate;

/** The stored plans, in Neo4j. Whatever changes a state locks the gate, one node, first: changes come one by one. */
public final class Neo4jPlanGraph implements PlanGraph {
    private static final Cypher REGISTER = Cypher.of("applier/register");
    private static final Cypher LEAVE = Cypher.of("applier/leave");
    private static final Cypher ACTIVE_HERE = Cypher.of("applier/active-here");
    private static final Cypher EXPIRE_LEASE = Cypher.of("applier/expire-lease");
    private static final Cypher BEGIN = Cypher.of("applier/begin");
    private static final Cypher HAS_WORK = Cypher.of("applier/has-work");

    /** As many as keep slots filled that empty and fill with each advance; so few that nobody waits long meanwhile. */
    private static final int PORTION = 128;

    private final Transactions graph;
    private final Member member;
    private final int portion;

    /**
     * What an applier says of itself.
     *
     * @param host the machine it runs on
     * @param process the number of the process it runs in
     * @param maxConcurrentActions how many actions it runs at once
     * @param lease how long it may be silent before others take its actions back
     */
    public record Member(String host, long process, int maxConcurrentActions, Duration lease) {}

    /** Takes the connection, and what the applier says of itself. */
    public Neo4jPlanGraph(Transactions graph, Member member) {
        this(graph, member, PORTION);
    }

    /**
     * Takes the connection, and what the applier says of itself.
     *
     * @param portion how many actions of plans that were taken up are looked at in one advance, whether they wait for nothing:
     *     the rest comes in the next
     */
    public Neo4jPlanGraph(Transactions graph, Member member, int portion) {
        this.graph = graph;
        this.member = member;
        this.portion = portion;
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
     * {@return what uses the time of an applier that has nothing to do, and of which nothing runs} It applies small plans that are never
     * committed, so that the first real one is not slowed down by what a database and a virtual machine have to learn first.
     *
     * @param wanted whether somebody else waits to write; then way is made for them
     */
    public Consumer<String> rehearsing(BooleanSupplier wanted) {
        return new Rehearsal(graph, this, wanted)::next;
    }

    /**
     * Ends the leases of this machine's appliers whose processes have ended, so that nobody waits for them. Only right
     * where all appliers are on this machine and see each other's processes, as with an embedded database.
     *
     * @param isAlive whether a process is another one that runs
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
    public <T> Committed<T> advance(String applier, Function<Turn, T> work) {
        return graph.write(tx -> {
            Neo4jTurn turn = turn(tx, applier);
            return new Committed<>(work.apply(turn), turn.plans());
        });
    }

    Neo4jTurn turn(Transaction tx, String applier) {
        tx.takeGate();
        Rows begun = tx.run(BEGIN, Map.of("applier", applier, "lease", member.lease()));
        return new Neo4jTurn(tx, applier, member, portion, begun);
    }

    @Override
    public boolean hasWork(String applier) {
        return graph.read(tx -> tx.run(HAS_WORK, Map.of("applier", applier))
                .single()
                .get("work")
                .asBoolean());
    }

    @Override
    public void leave(String applier) {
        graph.write(tx -> tx.run(LEAVE, Map.of("applier", applier)).list());
    }
}
