package interlock.neo4j.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.fault.Network;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.entity.WebhookEntity;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connections to the database stay open, but nothing comes through: a read ends, whichever way it takes. */
@Timeout(60)
@ExtendWith(Neo4jServer.class)
class SilentDatabaseTest {
    private static final TransactionTimeouts TIMEOUTS =
            new TransactionTimeouts(Duration.ofMillis(500), Duration.ZERO, Duration.ofMillis(500));
    private static final Cypher ONE = new Cypher("one", "RETURN 1 AS one");
    private static final Cypher WEBHOOKS = new Cypher("webhooks", "MATCH (webhook:Webhook) RETURN webhook");

    private Network network;
    private Graph graph;
    private EntityTransactions entities;

    @BeforeEach
    void open() throws IOException {
        URI database = Neo4jServer.settings().uri();
        network = new Network(database);
        graph = new Graph(new Graph.Settings(URI.create(network.uri()), "", "", ""), Optional.empty(), TIMEOUTS);
        entities = Neo4jServer.entities(graph);
        assertThat(one()).isEqualTo(1);
    }

    @AfterEach
    void close() throws IOException {
        network.recover();
        graph.close();
        network.close();
    }

    private int one() {
        return graph.read(tx -> tx.run(ONE, Map.of()).single().get("one").asInt());
    }

    @Test
    void aReadEndsWhenTheDatabaseFallsSilent() {
        assertThatThrownBy(() -> graph.read(tx -> {
                    network.fallSilent();
                    return tx.run(ONE, Map.of()).list();
                }))
                .isInstanceOf(GraphUnavailable.class)
                .hasMessageContaining("does not answer");
    }

    @Test
    void aReadOfEntitiesEndsWhenTheDatabaseFallsSilent() {
        assertThatThrownBy(() -> entities.read(tx -> {
                    network.fallSilent();
                    return tx.load(WebhookEntity.class, WEBHOOKS, Map.of());
                }))
                .isInstanceOf(GraphUnavailable.class)
                .hasMessageContaining("does not answer");
    }

    @Test
    void aReadOfEntitiesFromASilentDatabaseEnds() {
        network.fallSilent();

        assertThatThrownBy(() -> entities.read(tx -> tx.rows(WEBHOOKS, Map.of())))
                .isInstanceOf(GraphUnavailable.class)
                .hasMessageContaining("does not answer");
    }

    @Test
    void laterReadsGetTheirResultsAgain() {
        network.fallSilent();
        assertThatThrownBy(() -> entities.read(tx -> tx.rows(WEBHOOKS, Map.of())))
                .isInstanceOf(GraphUnavailable.class);

        network.recover();

        assertThat(entities.<Integer>read(tx -> tx.rows(ONE, Map.of()).size())).isEqualTo(1);
        assertThat(one()).isEqualTo(1);
    }
}
