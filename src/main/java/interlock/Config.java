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
 * The configuration of the service, read once at the start.
 *
 * @param web the address of the HTTP server
 * @param database the database server; the embedded database if empty
 * @param embedded the embedded database
 * @param applier the limits of the applier; no applier if empty
 * @param capacities of resources
 * @param clouds the configured clouds
 * @param simulation replaces the clouds, if present
 * @param planners the options of planners, by name
 * @param plugins the plug-ins and their settings
 * @param actionPlanExpiry the age at which RECOMMENDED plans are superseded; zero for never
 * @param retention how long ended plans are kept; zero for ever
 * @param sample whether to apply the sample plan if the database is empty
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
        Duration retention,
        boolean sample) {
    /** The default of {@link #actionPlanExpiry}. */
    public static final Duration USUAL_EXPIRY = Duration.ofHours(24);

    /** The default of {@link #retention}. */
    public static final Duration USUAL_RETENTION = Duration.ofDays(90);

    /** Copies the map. */
    public Config {
        planners = Map.copyOf(planners);
    }

    /** A configuration with the default retention. */
    public Config(
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
        this(
                web,
                database,
                embedded,
                applier,
                capacities,
                clouds,
                simulation,
                planners,
                plugins,
                actionPlanExpiry,
                USUAL_RETENTION,
                sample);
    }

    /**
     * A database server.
     *
     * @param settings its address and credentials
     * @param startupTimeout how long the start waits for it
     */
    public record Server(Graph.Settings settings, Duration startupTimeout) {}

    /**
     * A simulated cloud inside the service.
     *
     * @param topology a file that describes it; the built-in topology if empty
     */
    public record Simulation(Optional<Path> topology) {}

    /**
     * The address of the HTTP server, and whether it serves Watcher's API.
     *
     * @param host the address to listen on
     * @param port the port; 0 for any free one
     * @param publicUrls further URLs by which clients reach it, for example those of a proxy
     * @param watcherApi whether Watcher's goals, strategies, audits and microversions are served
     */
    public record Web(String host, int port, List<URI> publicUrls, boolean watcherApi) {
        /** Copies the list. */
        public Web {
            publicUrls = List.copyOf(publicUrls);
        }

        /** An address without further URLs, with Watcher's API. */
        public Web(String host, int port) {
            this(host, port, List.of(), true);
        }
    }

    /**
     * The embedded database, which listens on loopback only.
     *
     * @param data its directory
     * @param boltPort its port for drivers; 0 for any free one
     * @param browserPort its port for Neo4j Browser; 0 for any free one
     * @param diskFloor the free bytes below which no new work begins; the default if empty
     */
    public record Embedded(Path data, int boltPort, int browserPort, OptionalLong diskFloor) {
        /** An embedded database with the default disk floor. */
        public Embedded(Path data, int boltPort, int browserPort) {
            this(data, boltPort, browserPort, OptionalLong.empty());
        }
    }
}
