package interlock.fault;

import java.nio.file.Path;
import java.time.Duration;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.harness.Neo4j;
import org.neo4j.harness.Neo4jBuilders;

/** A database that several services share: a server, as far as they can tell. */
final class SharedDatabase {
    private SharedDatabase() {}

    /** Starts one that plans a statement once, as the embedded one does. Else statements are planned again and again. */
    static Neo4j start(Path folder) {
        return Neo4jBuilders.newInProcessBuilder(folder)
                .withDisabledServer()
                .withConfig(GraphDatabaseInternalSettings.cypher_size_hint_parameters, false)
                .withConfig(GraphDatabaseSettings.cypher_min_replan_interval, Duration.ofHours(1))
                .build();
    }
}
