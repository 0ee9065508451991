package interlock.bench;

import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.applier.Rig;
import interlock.neo4j.Neo4jServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The cost of a claim beside many plans with ready actions. */
@Command(
        name = "claim",
        description = {
            "Measures advances that each store one outcome and claim one action, in the process of the database,",
            "while one plan, or many, have ready actions."
        },
        sortOptions = false)
final class ClaimBench implements Runnable {
    private static final int WARM_UPS = 500;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(
            names = "--plans",
            split = ",",
            defaultValue = "1,10,100,1000",
            description = "Numbers of plans; ratios are to the first (default: ${DEFAULT-VALUE}).")
    private List<Integer> counts;

    @Option(
            names = "--actions",
            defaultValue = "4000",
            description = "Number of ready actions of all plans together (default: ${DEFAULT-VALUE}).")
    private int actions;

    @Option(
            names = "--claims",
            defaultValue = "300",
            description = "Number of measured advances in each round (default: ${DEFAULT-VALUE}).")
    private int claims;

    @Override
    public void run() {
        Results results = options.results("claim", spec);
        Chart chart = new Chart("claim", "microseconds", "");
        Map<Integer, List<Double>> micros = new LinkedHashMap<>();
        for (int round = 0; round <= options.rounds; round++) {
            for (int count : counts) {
                double measured = micros(count, round == 0 ? WARM_UPS : claims);
                if (round > 0) {
                    micros.computeIfAbsent(count, _ -> new ArrayList<>()).add(measured);
                }
            }
        }
        double yardstick = Spread.of(micros.getOrDefault(counts.getFirst(), List.of())).median();
        List<List<Object>> rows = new ArrayList<>();
        micros.forEach((count, measured) -> {
            Spread spread = Spread.of(measured);
            rows.add(List.of(count, spread, spread.median() / yardstick));
            chart.add("claim", count + " plans", spread);
        });
        results.add(new Results.Table("claim", List.of("plans", "µs an advance", "ratio"), rows));
        results.write(options.out, chart);
    }

    /** {@return the mean duration of an advance, in microseconds} */
    private double micros(int plans, int advances) {
        Neo4jServer.emptied();
        try (Rig rig = new Rig(true, 1_000, 1)) {
            for (int number = 0; number < plans; number++) {
                PlanBuilder plan = PlanBuilder.plan();
                for (int action = 0; action < actions / plans; action++) {
                    plan.action("a" + action);
                }
                rig.start(plan);
            }
            Applier applier = rig.applier(1);
            do {
                applier.step(true);
            } while (isOpening());
            long spent = 0;
            for (int advance = 0; advance < advances; advance++) {
                rig.started.remove().run();
                long began = System.nanoTime();
                applier.step(false);
                spent += System.nanoTime() - began;
            }
            return spent / 1e3 / advances;
        }
    }

    private static boolean isOpening() {
        return !Neo4jServer.look("MATCH (p:ActionPlan) WHERE p.state = 'PENDING' OR p.change IS NOT NULL RETURN p.uuid AS uuid LIMIT 1", Map.of())
                .isEmpty();
    }
}
