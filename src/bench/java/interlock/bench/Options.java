package interlock.bench;

import interlock.fault.ServiceProcess;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What all benchmarks have in common. */
final class Options {
    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "How often each is measured, in turn with the others (default: ${DEFAULT-VALUE}).")
    int rounds;

    @Option(
            names = "--slots",
            defaultValue = "64",
            description = "How many actions a service runs at once (default: ${DEFAULT-VALUE}).")
    int slots;

    @Option(
            names = "--batch",
            defaultValue = "64",
            description = "How many actions a wave of the floor has at most (default: ${DEFAULT-VALUE}).")
    int batch;

    @Option(
            names = "--taskflow-limit",
            defaultValue = "1000",
            description = "The largest plan that TaskFlow is given (default: ${DEFAULT-VALUE}).")
    int taskFlowLimit;

    @Option(
            names = "--java",
            split = ",",
            defaultValue = "-Xmx2g,-XX:+UseParallelGC",
            description = "Options of the service's virtual machine (default: ${DEFAULT-VALUE}).")
    List<String> java;

    @Option(
            names = "--out",
            defaultValue = "target/bench",
            description = "Directory of results, and of databases as long as they are needed (default: ${DEFAULT-VALUE}).")
    Path out;

    /** {@return those that are the default, but for the directory} */
    static Options usual(Path directory) {
        return CommandLine.populateCommand(new Options(), "--out=" + directory);
    }

    /** {@return a service with an applier, and a database of its own} */
    Service service() {
        return service(slots);
    }

    /** {@return a service with an applier of so many slots, and a database of its own} */
    Service service(int slots) {
        return Service.embedded(out, virtualMachine(), "--max-concurrent-actions=" + slots);
    }

    /** {@return a service that knows the action type {@link Stamp}, too} */
    Service stamping() {
        ServiceProcess.Java usual = virtualMachine();
        String types = Path.of("target", "test-classes", "stamp").toAbsolutePath().toString();
        return Service.embedded(
                out,
                new ServiceProcess.Java(usual.options(), usual.classPath() + File.pathSeparator + types),
                "--max-concurrent-actions=" + slots);
    }

    /** {@return a service that runs nothing, for its database} */
    Service database() {
        return Service.embedded(out, virtualMachine(), "--no-applier");
    }

    /** {@return one more service with an applier on the database of another} */
    Service another(Service database) {
        return Service.on(database, out, virtualMachine(), "--max-concurrent-actions=" + slots);
    }

    ServiceProcess.Java virtualMachine() {
        return ServiceProcess.Java.of(java);
    }

    /** {@return what is to hold the figures of a benchmark that was called like this} */
    Results results(String name, CommandSpec spec) {
        List<String> arguments = spec.commandLine().getParent().getParseResult().originalArgs();
        return new Results(name, "bench " + String.join(" ", arguments), Machine.here(out, java));
    }
}
