package interlock.bench;

import interlock.fault.ServiceProcess;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options common to all benchmarks. */
final class Options {
    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "Number of measurements of each system, in turn with the others (default: ${DEFAULT-VALUE}).")
    int rounds;

    @Option(
            names = "--slots",
            defaultValue = "64",
            description = "Slots of a service (default: ${DEFAULT-VALUE}).")
    int slots;

    @Option(
            names = "--batch",
            defaultValue = "64",
            description = "Greatest number of actions in a wave of the floor (default: ${DEFAULT-VALUE}).")
    int batch;

    @Option(
            names = "--taskflow-limit",
            defaultValue = "1000",
            description = "Largest plan for TaskFlow, in actions (default: ${DEFAULT-VALUE}).")
    int taskFlowLimit;

    @Option(
            names = "--java",
            split = ",",
            defaultValue = "-Xmx2g,-XX:+UseParallelGC",
            description = "Options of the service's JVM (default: ${DEFAULT-VALUE}).")
    List<String> java;

    @Option(
            names = "--out",
            defaultValue = "target/bench",
            description = "Directory of results and temporary databases (default: ${DEFAULT-VALUE}).")
    Path out;

    /** {@return the default options with another directory, for services that run for less than a minute: little is compiled} */
    static Options brief(Path directory) {
        return CommandLine.populateCommand(
                new Options(), "--out=" + directory, "--java=-Xmx1g,-XX:TieredStopAtLevel=1,-XX:+UseSerialGC");
    }

    /** {@return a service with an applier and a database of its own} */
    Service service() {
        return service(slots);
    }

    /** {@return a service with an applier with that many slots, and a database of its own} */
    Service service(int slots) {
        return Service.embedded(out, virtualMachine(), "--max-concurrent-actions=" + slots);
    }

    /** {@return a service with the additional action type {@link Stamp}} */
    Service stamping() {
        ServiceProcess.Java usual = virtualMachine();
        String types = Path.of("target", "test-classes", "stamp").toAbsolutePath().toString();
        return Service.embedded(
                out,
                new ServiceProcess.Java(usual.options(), usual.classPath() + File.pathSeparator + types),
                "--max-concurrent-actions=" + slots);
    }

    /** {@return a service without an applier, of which only the database is used} */
    Service database() {
        return Service.embedded(out, virtualMachine(), "--no-applier");
    }

    /** {@return another service with an applier, on the database of {@code database}} */
    Service another(Service database) {
        return Service.on(database, out, virtualMachine(), "--max-concurrent-actions=" + slots);
    }

    ServiceProcess.Java virtualMachine() {
        return ServiceProcess.Java.of(java);
    }

    /** {@return the results of a benchmark, with the options it was started with} */
    Results results(String name, CommandSpec spec) {
        List<String> arguments = spec.commandLine().getParent().getParseResult().originalArgs();
        return new Results(name, "bench " + String.join(" ", arguments), Machine.here(out, java));
    }
}
