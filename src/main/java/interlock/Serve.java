package interlock;

import interlock.applier.Applier;
import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.model.StackTraceOnly;
import interlock.neo4j.database.EmbeddedNeo4j;
import interlock.neo4j.database.Graph;
import interlock.neo4j.database.Schema;
import interlock.openstack.CloudDocuments;
import interlock.plugin.Plugins;
import interlock.simulator.InvalidTopology;
import interlock.web.http.WebServer;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code interlock serve}: runs the service until the process is stopped. */
@Command(
        name = "serve",
        description = "Run the service.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Options can also be set by environment variables (--max-concurrent-actions by "
                    + "INTERLOCK_MAX_CONCURRENT_ACTIONS), or by their long names in the configuration file. "
                    + "Flags override the environment, and the environment overrides the file."
        })
final class Serve implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(Serve.class);
    private static final int LARGEST_PORT = 65_535;

    private final ConfigFile file;

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file (YAML).")
    @SuppressWarnings("UnusedVariable") // read before the others, by Main
    private @Nullable Path config;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "9322",
            description = "Port to listen on; 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--insecure",
            description =
                    "Allow --host to be an address that other machines can reach. There is no login: everybody who can reach "
                            + "the service can read, change and run plans.")
    private boolean insecure;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            split = ",",
            description = "Further URL of the service, for example that of a proxy; can be repeated. Requests for "
                    + "other host names are rejected.")
    private List<URI> publicUrls = List.of();

    @Option(
            names = "--neo4j-uri",
            paramLabel = "URI",
            description = "Database server, bolt:// or neo4j:// (default: a database embedded in the service).")
    private @Nullable URI neo4jUri;

    @Option(
            names = "--neo4j-user",
            paramLabel = "NAME",
            defaultValue = "",
            description = "User on the server (default: neo4j if a password is set).")
    private String neo4jUser;

    @Option(
            names = "--neo4j-password",
            paramLabel = "PASSWORD",
            defaultValue = "",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            description = "Password on the server; preferably set by INTERLOCK_NEO4J_PASSWORD.")
    private String neo4jPassword;

    @Option(
            names = "--neo4j-database",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Database on the server (default: the server's own).")
    private String neo4jDatabase;

    @Option(
            names = "--startup-timeout",
            paramLabel = "DURATION",
            defaultValue = "2m",
            converter = DurationConverter.class,
            description = "How long to wait for the server at the start (default: ${DEFAULT-VALUE}).")
    private Duration startupTimeout;

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "Directory of plug-in jars (default: plugins, next to interlock.jar).")
    private @Nullable Path plugins;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./data",
            description = "Directory of the embedded database (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Option(
            names = "--bolt-port",
            defaultValue = "7687",
            description = "Port of the embedded database for drivers (default: ${DEFAULT-VALUE}).")
    private int boltPort;

    @Option(
            names = "--browser-port",
            defaultValue = "7474",
            description = "Port of the embedded database for Neo4j Browser (default: ${DEFAULT-VALUE}).")
    private int browserPort;

    @Option(
            names = "--disk-floor",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description =
                    "Free space on the disk of the embedded database below which no plan is accepted and no "
                            + "action starts, such as 256MB; 0 for no limit (default: the smaller of 256MB and 20 %% of the disk).")
    private @Nullable Long diskFloor;

    @Option(
            names = "--max-concurrent-actions",
            paramLabel = "N",
            defaultValue = "64",
            description = "How many actions this service runs at once (default: ${DEFAULT-VALUE}).")
    private int maxConcurrentActions;

    @Option(
            names = "--lease",
            paramLabel = "DURATION",
            defaultValue = "PT30S",
            converter = DurationConverter.class,
            description = "How long an applier may be silent before others take over its actions "
                    + "(default: ${DEFAULT-VALUE}).")
    private Duration lease;

    @Option(
            names = "--action-plan-expiry",
            paramLabel = "DURATION",
            defaultValue = "24h",
            converter = DurationConverter.class,
            description = "Age at which a RECOMMENDED plan is superseded; 0 for never (default: ${DEFAULT-VALUE}).")
    private Duration actionPlanExpiry;

    @Option(
            names = "--retention",
            paramLabel = "DURATION",
            defaultValue = "90d",
            converter = DurationConverter.class,
            description = "How long ended plans are kept; 0 for ever (default: ${DEFAULT-VALUE}).")
    private Duration retention;

    @Option(
            names = "--applier",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "With --no-applier, serve the API only and run no actions.")
    private boolean applier;

    @Option(
            names = "--watcher-api",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "With --no-watcher-api, do not serve Watcher's goals, strategies, audits and microversions.")
    private boolean watcherApi;

    @Option(names = "--sample", description = "Apply the sample plan if the database is empty.")
    private boolean sample;

    @Option(
            names = "--simulate",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "FILE",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            description =
                    "Work on a simulated cloud inside the service instead of real ones: the cloud that FILE describes, "
                            + "or a built-in one of two racks.")
    private String simulate;

    Serve(ConfigFile file) {
        this.file = file;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            Thread.setDefaultUncaughtExceptionHandler(this::uncaught);
            serve(App.start(config(), this::end));
            return 0;
        } catch (ConfigFile.Invalid | EmbeddedNeo4j.CannotStart | Schema.SchemaMismatch | WebServer.CannotListen e) {
            return refuse(String.valueOf(e.getMessage()));
        } catch (InvalidTopology e) {
            e.faults().forEach(fault -> spec.commandLine().getErr().println("interlock: " + fault));
            return 1;
        } catch (GraphUnavailable e) {
            String database = neo4jUri == null ? "the embedded database" : "the database " + neo4jUri;
            return refuse("%s is unreachable: %s".formatted(database, e.getMessage()));
        }
    }

    private void serve(App app) throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            asked.countDown();
                            await(closed);
                        },
                        "shutdown"));
        try {
            Announcement.print(app, spec.commandLine().getOut());
            asked.await();
        } finally {
            app.close();
            closed.countDown();
        }
    }

    /** Halts at once: nothing can be stored any more, and the next start recovers as after a power failure. */
    private void end(String reason) {
        spec.commandLine()
                .getErr()
                .println("interlock: %s. The service exits; everything stored is kept for its next start"
                        .formatted(reason.lines().findFirst().orElse("")));
        Runtime.getRuntime().halt(1);
    }

    /** Exits after an error of the JVM, because its state is then unknown; logs other errors. */
    private void uncaught(Thread thread, Throwable thrown) {
        if (thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError)) {
            end(thrown.toString());
        }
        log.error("thread {} has ended", thread.getName(), StackTraceOnly.of(thrown));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private int refuse(String reason) {
        spec.commandLine()
                .getErr()
                .println("interlock: " + reason.lines().findFirst().orElse(""));
        return 1;
    }

    private Config config() {
        require(
                !lease.isNegative() && lease.compareTo(Duration.ofSeconds(1)) >= 0,
                "--lease must be at least 1s, not " + lease);
        require(maxConcurrentActions >= 1, "--max-concurrent-actions must be at least 1, not " + maxConcurrentActions);
        refuseOpenHost();
        publicUrls.forEach(this::requirePublic);
        requirePort("--port", port);
        requirePort("--bolt-port", boltPort);
        requirePort("--browser-port", browserPort);
        Optional<Config.Server> database = Optional.ofNullable(neo4jUri)
                .map(uri -> new Config.Server(
                        new Graph.Settings(uri, user(), neo4jPassword, neo4jDatabase), startupTimeout));
        Optional<Applier.Limits> limits =
                applier ? Optional.of(new Applier.Limits(maxConcurrentActions, lease)) : Optional.empty();
        CloudDocuments clouds = file.clouds();
        Optional<Config.Simulation> simulation = simulation();
        if (simulation.isPresent() && !clouds.byName().isEmpty()) {
            throw new ConfigFile.Invalid(
                    "--simulate cannot be combined with configured clouds, which are: %s (searched: %s)"
                            .formatted(String.join(", ", clouds.byName().keySet()), clouds.sought()));
        }
        return new Config(
                new Config.Web(host, port, publicUrls, watcherApi),
                database,
                new Config.Embedded(
                        data,
                        boltPort,
                        browserPort,
                        diskFloor == null ? OptionalLong.empty() : OptionalLong.of(diskFloor)),
                limits,
                file.capacities(),
                clouds,
                simulation,
                file.planners(),
                new Plugins.Settings(Optional.of(plugins == null ? besideTheJar() : plugins), file.plugins()),
                actionPlanExpiry,
                retention,
                sample);
    }

    /** A password implies the default user. */
    private String user() {
        return neo4jUser.isEmpty() && !neo4jPassword.isEmpty() ? "neo4j" : neo4jUser;
    }

    /** Without a jar, when the classes are in directories, this is relative to the working directory. */
    private static Path besideTheJar() {
        try {
            Path classes = Path.of(Serve.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Files.isRegularFile(classes)
                    ? classes.toAbsolutePath().resolveSibling("plugins")
                    : Path.of("plugins");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In the file and in the environment, {@code true} selects the built-in topology. */
    private Optional<Config.Simulation> simulation() {
        return switch (simulate.strip()) {
            case "false" -> Optional.empty();
            case "true", "" -> Optional.of(new Config.Simulation(Optional.empty()));
            default -> Optional.of(new Config.Simulation(Optional.of(Path.of(simulate.strip()))));
        };
    }

    private void refuseOpenHost() {
        if (!insecure && !isLoopback()) {
            throw new ConfigFile.Invalid(
                    "--host %s can be reached from other machines, and there is no login; listen on 127.0.0.1, or add --insecure (INTERLOCK_INSECURE=true) to permit everybody there to run plans"
                            .formatted(host));
        }
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            throw new ConfigFile.Invalid("--host %s is not an address of this machine".formatted(host));
        }
    }

    private void requirePublic(URI url) {
        require(
                url.getHost() != null && Set.of("http", "https").contains(String.valueOf(url.getScheme())),
                "--public-url must be an http or https URL with a host, not " + url);
    }

    private void requirePort(String option, int value) {
        require(
                value >= 0 && value <= LARGEST_PORT,
                "%s must be from 0 to %d, not %d".formatted(option, LARGEST_PORT, value));
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), rule);
        }
    }
}
