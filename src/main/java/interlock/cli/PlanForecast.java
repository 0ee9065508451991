package interlock.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.cli.client.ApiAnswers;
import interlock.cli.terminal.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forecast of a plan: its duration, and the start and finish of each action. */
@JsonNaming(SnakeCaseStrategy.class)
record PlanForecast(
        double makespanSeconds,
        double lowerBoundSeconds,
        @Nullable Double greedyMakespanSeconds,
        @Nullable String rule,
        List<String> criticalPath,
        List<Times> actions) {
    record Times(String uuid, double start, double finish) {}

    /** The answer to a dry run: a plan that was not stored. */
    @JsonNaming(SnakeCaseStrategy.class)
    record DryRun(String name, String planner, int actionsTotal, ApiAnswers.Graph graph, PlanForecast forecast) {
        @Override
        public String toString() {
            return "planned by %s: %d actions, %d dependencies, %d alternative paths; nothing was stored%n%s"
                    .formatted(
                            planner,
                            actionsTotal,
                            graph.edges().size(),
                            graph.paths().size(),
                            forecast.shown(graph.names()));
        }
    }

    /** {@return the forecast as text; actions on the critical path are marked with a star} */
    String shown(Map<String, String> names) {
        Table table = Table.of("START", "FINISH", "ACTION", "");
        actions.stream()
                .sorted(Comparator.comparingDouble(Times::start).thenComparingDouble(Times::finish))
                .forEach(action -> table.row(
                        seconds(action.start()),
                        seconds(action.finish()),
                        names.getOrDefault(action.uuid(), action.uuid()),
                        criticalPath.contains(action.uuid()) ? "*" : ""));
        return "%s in total; lower bound %s%n%s".formatted(seconds(makespanSeconds), seconds(lowerBoundSeconds), table);
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.1fs", value);
    }
}
