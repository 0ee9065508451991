package interlock.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code mvn -q test-compile exec:exec@bench -Dbench="drain --sizes 1000"}: see docs/performance.md. */
@Command(
        name = "bench",
        description = "Benchmarks of Interlock.",
        mixinStandardHelpOptions = true,
        subcommands = {DrainBench.class, LatencyBench.class, CreateBench.class, ReadBench.class, AppliersBench.class, MakespanBench.class, HistoryBench.class, ClaimBench.class, PurgeBench.class})
final class Bench {
    private Bench() {}

    /** Runs the benchmark that the arguments select. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }
}
