package interlock.neo4j;

import interlock.neo4j.database.EmbeddedTransactions;
import interlock.neo4j.database.EntityTransactions;
import interlock.neo4j.database.Graph;
import interlock.neo4j.database.PendingWrites;
import interlock.neo4j.database.Schema;
import interlock.neo4j.database.TransactionTimeouts;
import interlock.neo4j.database.Transactions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.Values;
import org.neo4j.driver.types.MapAccessor;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.harness.Neo4j;
import org.neo4j.harness.Neo4jBuilders;

/** One real Neo4j for all tests of this JVM, emptied before each test. */
public final class Neo4jServer implements BeforeEachCallback, ParameterResolver {
    private static Neo4j neo4j;
    private static Graph graph;

    private static synchronized Graph start() {
        if (neo4j == null) {
            neo4j = Neo4jBuilders.newInProcessBuilder()
                    .withDisabledServer()
                    // As the embedded one. Else most of the time goes into planning: each test empties the database.
                    .withConfig(GraphDatabaseInternalSettings.cypher_size_hint_parameters, false)
                    .withConfig(GraphDatabaseSettings.cypher_min_replan_interval, Duration.ofHours(1))
                    // transactions that have run out of time are looked for often: what waits for that takes no longer
                    // than it has to
                    .withConfig(GraphDatabaseSettings.transaction_monitor_check_interval, Duration.ofMillis(100))
                    .build();
            graph = new Graph(settings());
            new Schema(graph).migrate();
            Runtime.getRuntime().addShutdownHook(new Thread(neo4j::close));
        }
        return graph;
    }

    public static Graph.Settings settings() {
        return new Graph.Settings(neo4j.boltURI(), "", "", "");
    }

    /** {@return how a service connects to it, in this process or another} It is empty, and has planned most statements before. */
    public static Graph.Settings emptied() {
        start();
        empty();
        return settings();
    }

    /** {@return a connection whose stored times come from {@code clock}} */
    public static Graph withClock(InstantSource clock) {
        start();
        return new Graph(settings(), Optional.of(clock));
    }

    /** {@return transactions inside its process, whose stored times come from {@code clock}, if there is one} */
    public static Transactions embedded(Optional<InstantSource> clock) {
        start();
        return new EmbeddedTransactions(neo4j.defaultDatabaseService(), clock, TransactionTimeouts.DEFAULT);
    }

    /** {@return a connection whose transactions last as long as they may} */
    public static Graph withTimeouts(TransactionTimeouts timeouts) {
        start();
        return new Graph(settings(), Optional.empty(), timeouts);
    }

    public static Transactions embedded(TransactionTimeouts timeouts) {
        start();
        return new EmbeddedTransactions(neo4j.defaultDatabaseService(), Optional.empty(), timeouts);
    }

    /** {@return the database itself} */
    static GraphDatabaseService database() {
        start();
        return neo4j.defaultDatabaseService();
    }

    /** {@return transactions inside its process that count what they cost} */
    static ProfiledTransactions profiled(InstantSource clock) {
        return new ProfiledTransactions(database(), clock);
    }

    public static Graph graph() {
        return start();
    }

    /** {@return transactions over a connection that load and save entities} */
    public static EntityTransactions entities(Graph connection) {
        return new EntityTransactions(connection, new PendingWrites());
    }

    static Session session() {
        return graph.driver().session();
    }

    /** {@return the rows of any statement} */
    public static List<Record> query(String cypher, Map<String, Object> parameters) {
        try (Session session = session()) {
            return session.executeWrite(tx -> tx.run(cypher, parameters).list());
        }
    }

    /**
     * {@return the rows of a statement that changes nothing, and whose rows hold no nodes} Many times as fast as {@link #query}: it
     * is asked inside the process of the database.
     */
    public static List<MapAccessor> look(String cypher, Map<String, Object> parameters) {
        try (var tx = neo4j.defaultDatabaseService().beginTx();
                var rows = tx.execute(cypher, parameters)) {
            return rows.stream().<MapAccessor>map(Values::value).toList();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        start();
        empty();
    }

    /** Empties the database, bit by bit: a million nodes are too many for one transaction. */
    public static void empty() {
        try (Session session = session()) {
            session.run("""
                            MATCH (n)
                            WHERE NOT n:Migration AND NOT n:MigrationLock AND NOT n:Gate AND NOT n:Lock
                            CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS
                            """).consume();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Graph.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return start();
    }
}
