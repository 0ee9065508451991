package interlock.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.cli.client.ApiAnswers;
import interlock.cli.terminal.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
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
        @Nullable Double baselineMakespanSeconds,
        @Nullable Instant finishP50,
        @Nullable Instant finishP90,
        @Nullable Long samples,
        List<String> criticalPath,
        List<Times> actions) {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

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
        return "%s in total; lower bound %s%n%s%s"
                .formatted(seconds(makespanSeconds), seconds(lowerBoundSeconds), expectation(), table);
    }

    /** {@return when the plan will end, in short} */
    String arrival() {
        if (finishP50 == null || finishP90 == null) {
            return "";
        }
        return finishP90.equals(finishP50)
                ? "ends at " + TIME.format(finishP50)
                : "ends at %s, with 90 %% by %s".formatted(TIME.format(finishP50), TIME.format(finishP90));
    }

    /** {@return the expected end, as the page and {@code plan watch} show it; of a dry run nothing} */
    private String expectation() {
        if (finishP50 == null || finishP90 == null || baselineMakespanSeconds == null) {
            return "";
        }
        String late = finishP90.equals(finishP50) ? "" : ", with 90 %% by %s".formatted(DAY.format(finishP90));
        return "ends at %s%s; %s when it started; %d recorded attempts%n"
                .formatted(DAY.format(finishP50), late, seconds(baselineMakespanSeconds), samples);
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.1fs", value);
    }
}
