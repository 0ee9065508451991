package interlock;

import interlock.api.PlannerOptions;
import interlock.applier.Applier;
import interlock.model.Capacities;
import interlock.neo4j.database.Graph;
import interlock.openstack.CloudDocuments;
import interlock.plugin.Plugins;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the service is told at its start, read once.
 *
 * @param web where it listens
 * @param database the server it works with; the embedded database, if empty
 * @param embedded where the embedded database lies and listens
 * @param applier what its applier may do; it has none, if empty
 * @param capacities of resources
 * @param clouds which clouds there are
 * @param simulation what stands in for them; nothing, if empty
 * @param planners what planners are told, by their names
 * @param plugins where plug-ins are, and what they are told
 * @param actionPlanExpiry how long a plan may be recommended before it is superseded; zero: for ever
 * @param sample whether an empty database gets the sample plan
 */
public record Config(
        Web web,
        Optional<Server> database,
        Embedded embedded,
        Optional<Applier.Limits> applier,
        Capacities capacities,
        CloudDocuments clouds,
        Optional<Simulation> simulation,
        Map<String, PlannerOptions> planners,
        Plugins.Settings plugins,
        Duration actionPlanExpiry,
        boolean sample) {
    /** What {@link #actionPlanExpiry} is if nobody says otherwise. */
    public static final Duration USUAL_EXPIRY = Duration.ofHours(24);

    /** Copies the map. */
    public Config {
        planners = Map.copyOf(planners);
    }

    /**
     * A database server.
     *
     * @param settings where it is
     * @param startupTimeout how long it is waited for at the start
     */
    public record Server(Graph.Settings settings, Duration startupTimeout) {}

    /**
     * A cloud inside the service.
     *
     * @param topology the file that says what it consists of; the built-in one, if empty
     */
    public record Simulation(Optional<Path> topology) {}

    /**
     * Where the service listens, and whether it serves Watcher's API.
     *
     * @param host the address
     * @param port the port; 0 for any free one
     * @param publicUrls where else clients reach it, by way of a proxy for example
     * @param watcherApi whether Watcher's goals, strategies, audits and microversions are served
     */
    public record Web(String host, int port, List<URI> publicUrls, boolean watcherApi) {
        /** Copies the list. */
        public Web {
            publicUrls = List.copyOf(publicUrls);
        }

        /** Clients reach it by its own names only; Watcher's API is served. */
        public Web(String host, int port) {
            this(host, port, List.of(), true);
        }
    }

    /**
     * Where the embedded database lies and listens, on loopback only.
     *
     * @param data its directory
     * @param boltPort its port for drivers; 0 for any free one
     * @param browserPort its port for Neo4j Browser; 0 for any free one
     * @param diskFloor below how many free bytes nothing new begins; the usual floor, if empty
     */
    public record Embedded(Path data, int boltPort, int browserPort, OptionalLong diskFloor) {
        /** Has the usual floor. */
        public Embedded(Path data, int boltPort, int browserPort) {
            this(data, boltPort, browserPort, OptionalLong.empty());
        }
    }
}
