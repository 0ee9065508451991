package interlock.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The clients of Watcher, and gabbi: {@code @ExtendWith(WatcherClient.Installed.class)} hands them to whoever has a parameter
 * of this type.
 */
final class WatcherClient {
    private static final List<String> PACKAGES =
            List.of("python3-watcherclient", "python3-openstackclient", "python3-gabbi");
    private static final List<String> MODULES = List.of("watcherclient.shell", "openstackclient.shell", "gabbi.runner");

    /** Only a broken build takes this long. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final PythonCommands commands;

    private WatcherClient(DebianPackages packages) {
        this.commands = new PythonCommands(packages, MODULES);
    }

    /** The two commands that do the same. */
    enum Command {
        WATCHER {
            @Override
            List<String> reaching(URI service) {
                return List.of("watcherclient.shell", "--os-endpoint-override", service.toString());
            }
        },
        OPENSTACK {
            @Override
            List<String> reaching(URI service) {
                return List.of(
                        "openstackclient.shell",
                        "--os-auth-type",
                        "none",
                        "--os-endpoint",
                        service.toString(),
                        "optimize");
            }
        };

        /** {@return the module to run and its options, without what the service is asked for} */
        abstract List<String> reaching(URI service);
    }

    /** A command that asks one service. */
    record Client(WatcherClient installed, Command command, URI service) {
        /** Runs it to its end, whatever that is. */
        Ran run(String... words) {
            return installed.run(Stream.concat(command.reaching(service).stream(), Arrays.stream(words)));
        }

        /** {@return what it writes when all is well} */
        String does(String... words) {
            Ran ran = run(words);
            assertThat(ran.exit()).as("%s: %s", List.of(words), ran).isZero();
            return ran.out();
        }

        /** {@return what it tells, as JSON} */
        JsonNode tells(String... words) {
            Ran ran = run(
                    Stream.concat(Arrays.stream(words), Stream.of("-f", "json")).toArray(String[]::new));
            assertThat(ran.exit()).as("%s: %s", List.of(words), ran).isZero();
            return ran.json();
        }
    }

    Client of(Command command, URI service) {
        return new Client(this, command, service);
    }

    /** Sends the requests of a file, and looks at the answers. */
    Ran gabbi(URI service, Path file) {
        return run(Stream.of("gabbi.runner", service.resolve("/v1").toString(), "--", file.toString()));
    }

    private synchronized Ran run(Stream<String> command) {
        try {
            return commands.run(command.toList(), PATIENCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Installs them once; where that is impossible, leaves the tests out and notes why. */
    static final class Installed implements ExecutionCondition, ParameterResolver {
        private record Attempt(Optional<WatcherClient> clients, String why) {
            static Attempt make() {
                try {
                    return new Attempt(
                            Optional.of(
                                    new WatcherClient(DebianPackages.install("watcher-clients", PACKAGES, MODULES))),
                            "");
                } catch (DebianPackages.Unavailable e) {
                    LeftOut.note("the tests with Watcher's own clients and gabbi", e.getMessage());
                    return new Attempt(Optional.empty(), e.getMessage());
                }
            }
        }

        private static Attempt attempt(ExtensionContext context) {
            return context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(Installed.class))
                    .getOrComputeIfAbsent(Attempt.class, _ -> Attempt.make(), Attempt.class);
        }

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Attempt attempt = attempt(context);
            return attempt.clients().isPresent()
                    ? ConditionEvaluationResult.enabled("the clients are here")
                    : ConditionEvaluationResult.disabled(attempt.why());
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == WatcherClient.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return attempt(context).clients().orElseThrow();
        }
    }
}
