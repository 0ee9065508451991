package interlock.cli.client;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.cli.terminal.Elapsed;
import interlock.cli.terminal.Table;
import interlock.model.ActionState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The API's answers to the analysis questions, with their text form for people. */
public final class AnalysisAnswers {
    private AnalysisAnswers() {}

    record Action(
            String uuid, String id, String state, @Nullable String path) {}

    record Path(String name, int rank, String state) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Holder(String actionPlanUuid, String actionPlanName, String id, int units) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Applier(String id, long running, int maxConcurrentActions) {}

    record Reason(
            String kind,
            String message,
            @Nullable List<Action> actions,
            @Nullable List<Holder> holders,
            @Nullable List<Applier> appliers) {}

    record Remedy(String method, String path, String effect) {}

    /** Why an action is in its state. */
    public record Explanation(
            String summary, List<Reason> reasons, @Nullable List<Remedy> remedies) {
        private static final int KIND = 12;

        @Override
        public String toString() {
            StringJoiner text = new StringJoiner(System.lineSeparator()).add(Table.printable(summary));
            if (reasons.size() > 1 || !details(reasons.getFirst()).isEmpty()) {
                text.add("");
                for (Reason reason : reasons) {
                    text.add(padded(reason.kind()) + Table.printable(reason.message()));
                    details(reason).lines().forEach(line -> text.add(padded("") + line));
                }
            }
            each(remedies)
                    .forEach(remedy -> text.add("")
                            .add("%s %s".formatted(remedy.method(), remedy.path()))
                            .add("  " + Table.printable(remedy.effect())));
            return text.toString();
        }

        private static String padded(String kind) {
            return kind + " ".repeat(Math.max(1, KIND - kind.length()));
        }

        private static String details(Reason reason) {
            Table table = Table.withoutHeaders(3);
            each(reason.actions())
                    .forEach(action -> table.row(
                            action.id(),
                            action.state(),
                            Optional.ofNullable(action.path())
                                    .map("path %s"::formatted)
                                    .orElse("")));
            each(reason.holders())
                    .forEach(holder -> table.row(
                            holder.id(),
                            "holds " + holder.units(),
                            "plan " + title(holder.actionPlanName(), holder.actionPlanUuid())));
            each(reason.appliers())
                    .forEach(applier -> table.row(
                            applier.id(),
                            "runs %d/%d".formatted(applier.running(), applier.maxConcurrentActions()),
                            ""));
            return table.toString();
        }
    }

    record Cancelled(long count, List<Action> actions) {}

    record Wanted(String kind, String id, int units) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Waiter(String actionPlanUuid, String actionPlanName, String id, Wanted resource) {}

    record Waiting(long count, List<Waiter> actions) {}

    /** What a failure of an action would block. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Impact(String summary, List<Path> paths, Cancelled wouldBeCancelled, Waiting waitingForItsResources) {
        @Override
        public String toString() {
            Table table = Table.of("EFFECT", "WHAT", "STATE", "MORE");
            paths.forEach(path -> table.row("path", path.name(), path.state(), "rank " + path.rank()));
            wouldBeCancelled.actions().forEach(action -> table.row("cancelled", action.id(), action.state(), ""));
            more(table, wouldBeCancelled.count() - wouldBeCancelled.actions().size());
            waitingForItsResources
                    .actions()
                    .forEach(waiter -> table.row(
                            "waits",
                            waiter.id(),
                            ActionState.PENDING.name(),
                            "plan %s, for %d of %s/%s"
                                    .formatted(
                                            title(waiter.actionPlanName(), waiter.actionPlanUuid()),
                                            waiter.resource().units(),
                                            waiter.resource().kind(),
                                            waiter.resource().id())));
            more(
                    table,
                    waitingForItsResources.count()
                            - waitingForItsResources.actions().size());
            return paths.isEmpty() && wouldBeCancelled.count() + waitingForItsResources.count() == 0
                    ? Table.printable(summary)
                    : below(summary, table);
        }

        private static void more(Table table, long count) {
            if (count > 0) {
                table.row("", "and %d more".formatted(count), "", "");
            }
        }
    }

    /** An action of the critical path. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Step(
            String id,
            String state,
            double waitedSeconds,
            @Nullable String waitedFor,
            double ranSeconds) {}

    /** The chain of actions that determines when a plan ends. */
    public record CriticalPath(double seconds, List<Step> steps) {
        @Override
        public String toString() {
            if (steps.isEmpty()) {
                return "no action has run or will run";
            }
            Table table = Table.of("START", "WAITED", "FOR", "RAN", "STATE", "NAME");
            double end = 0;
            for (Step step : steps) {
                String waited = Math.round(10 * step.waitedSeconds()) == 0 ? "" : text(step.waitedSeconds());
                table.row(
                        text(end + step.waitedSeconds()),
                        waited,
                        step.waitedFor() == null ? "" : step.waitedFor(),
                        text(step.ranSeconds()),
                        step.state(),
                        step.id());
                end += step.waitedSeconds() + step.ranSeconds();
            }
            return below("%s, %d actions".formatted(text(seconds), steps.size()), table);
        }

        private static String text(double seconds) {
            return new Elapsed(Duration.ofMillis(Math.round(seconds * 1000))).toString();
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Shared(
            String kind,
            String id,
            @Nullable Long capacity,
            @Nullable Long free,
            long ownActions,
            long actions) {}

    record Plan(String uuid, String name, String state, List<Shared> resources) {}

    /** The plans that use the same resources. */
    public record Conflicts(List<Plan> conflicts) {
        @Override
        public String toString() {
            if (conflicts.isEmpty()) {
                return "no running or startable plan uses a resource of this plan";
            }
            Table table = Table.of("ID", "NAME", "STATE", "RESOURCE", "FREE", "ACTIONS", "OWN ACTIONS");
            for (Plan plan : conflicts) {
                for (Shared shared : plan.resources()) {
                    table.row(
                            ApiAnswers.shortened(plan.uuid()),
                            plan.name(),
                            plan.state(),
                            shared.kind() + "/" + shared.id(),
                            shared.capacity() == null ? "" : "%d/%d".formatted(shared.free(), shared.capacity()),
                            String.valueOf(shared.actions()),
                            String.valueOf(shared.ownActions()));
                }
            }
            return table.toString();
        }
    }

    private static <T> List<T> each(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static String title(String name, String uuid) {
        return name.isBlank() ? ApiAnswers.shortened(uuid) : name;
    }

    private static String below(String line, Table table) {
        return new StringJoiner(System.lineSeparator())
                .add(Table.printable(line))
                .add("")
                .add(table.toString())
                .toString();
    }
}
