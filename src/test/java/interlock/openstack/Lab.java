package interlock.openstack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import interlock.clients.DebianPackages;
import interlock.clients.LeftOut;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Real Nova, Placement and Cinder, for all tests of this JVM: {@code @ExtendWith(Lab.Shared.class)} hands them to whoever has a
 * parameter of this type. They end with the JVM, however that ends.
 */
final class Lab implements AutoCloseable {
    private static final Path PROGRAM = Path.of("src", "test", "openstack", "lab.py");
    private static final Path DIRECTORY = Path.of(
            "target", "openstack-lab", "tests-" + ProcessHandle.current().pid());
    private static final Path PACKAGES = Path.of("src", "test", "openstack", "packages");
    private static final List<String> MODULES = List.of("nova", "placement", "oslotest", "wsgi_intercept", "cinder");

    private final Process process;

    private Lab(Process process) {
        this.process = process;
    }

    /** Starts them, and waits until they are ready. */
    static Lab start(DebianPackages packages) {
        try {
            Files.createDirectories(DIRECTORY);
            Path errors = DIRECTORY.resolve("lab.err");
            Process process = packages.python(PROGRAM.toString(), "--while-stdin-is-open", DIRECTORY.toString())
                    .redirectError(errors.toFile())
                    .start();
            BufferedReader out = process.inputReader();
            if (out.readLine() == null) {
                throw new AssertionError("%s: %s".formatted(PROGRAM, Files.readString(errors)));
            }
            return new Lab(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the document {@code clouds.yaml}, with the cloud named lab} */
    ObjectNode clouds() {
        try {
            return (ObjectNode)
                    new YAMLMapper().readTree(DIRECTORY.resolve("clouds.yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CloudDocuments documents() {
        return new CloudDocuments(Map.of("lab", clouds().at("/clouds/lab")), Optional.of("lab"), "");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    /** Installs them once and starts them for whoever is first; where that is impossible, leaves the tests out and notes why. */
    static final class Shared implements ExecutionCondition, ParameterResolver {
        private record Installation(Optional<DebianPackages> packages, String why) {
            static Installation make() {
                try {
                    List<String> packages = Files.readAllLines(PACKAGES);
                    return new Installation(
                            Optional.of(DebianPackages.install("openstack-lab", packages, MODULES)), "");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (DebianPackages.Unavailable e) {
                    LeftOut.note("the tests against real Nova and Cinder", e.getMessage());
                    return new Installation(Optional.empty(), e.getMessage());
                }
            }
        }

        private static ExtensionContext.Store store(ExtensionContext context) {
            return context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(Lab.class));
        }

        private static Installation installation(ExtensionContext context) {
            return store(context)
                    .getOrComputeIfAbsent(Installation.class, _ -> Installation.make(), Installation.class);
        }

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Installation installation = installation(context);
            return installation.packages().isPresent()
                    ? ConditionEvaluationResult.enabled("the packages are here")
                    : ConditionEvaluationResult.disabled(installation.why());
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Lab.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            DebianPackages packages = installation(context).packages().orElseThrow();
            return store(context).getOrComputeIfAbsent(Lab.class, _ -> Lab.start(packages), Lab.class);
        }
    }
}
