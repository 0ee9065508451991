package interlock.cli;

import interlock.App;
import interlock.Config;
import interlock.model.Capacities;
import interlock.neo4j.database.Graph;
import interlock.openstack.CloudDocuments;
import interlock.plugin.Plugins;
import interlock.web.RunningService;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.GraphDatabase;

/** Another service on the database of the running one, which applies its plans. */
final class Service implements AutoCloseable {
    private final Path data;
    private final Graph.Settings database;
    private final URI uri;
    private App app;

    Service(Path data, Graph.Settings database) {
        this.data = data;
        this.database = database;
        this.app = started(0);
        this.uri = app.uri();
    }

    private App started(int port) {
        return App.start(new Config(
                new Config.Web("127.0.0.1", port),
                Optional.of(new Config.Server(database, RunningService.PATIENCE)),
                new Config.Embedded(data, 0, 0),
                Optional.empty(),
                Capacities.DEFAULT,
                CloudDocuments.NONE,
                Optional.empty(),
                Map.of(),
                Plugins.Settings.NONE,
                Config.USUAL_EXPIRY,
                false));
    }

    /** Runs a statement, as an older version or another client might have. */
    void query(String cypher, Map<String, Object> parameters) {
        var database = app.embedded().orElseThrow();
        var token = AuthTokens.basic(database.user(), database.password());
        try (var driver = GraphDatabase.driver(database.boltUri(), token)) {
            driver.executableQuery(cypher).withParameters(parameters).execute();
        }
    }

    URI uri() {
        return uri;
    }

    void stop() {
        app.close();
    }

    /** Starts it again, on its data and its port. */
    void start() {
        app = started(uri.getPort());
    }

    @Override
    public void close() {
        app.close();
    }
}
