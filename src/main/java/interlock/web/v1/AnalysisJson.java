package interlock.web.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import interlock.neo4j.view.Conflict;
import interlock.neo4j.view.Diagnosis;
import interlock.neo4j.view.Diagnosis.ActionRef;
import interlock.neo4j.view.Diagnosis.Detail;
import interlock.neo4j.view.Impact;
import interlock.neo4j.view.Remedy;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The API's answers to analysis questions. */
final class AnalysisJson {
    private AnalysisJson() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Action(
            String uuid, String id, String state, @Nullable String path) {
        static Action of(ActionRef action) {
            return new Action(action.uuid(), action.id(), action.state().name(), null);
        }

        static Action of(Diagnosis.Parent parent) {
            return new Action(
                    parent.action().uuid(),
                    parent.action().id(),
                    parent.action().state().name(),
                    parent.path().orElse(null));
        }
    }

    record Path(String uuid, String name, int rank, String state) {
        static Path of(Diagnosis.PathRef path) {
            return new Path(path.uuid(), path.name(), path.rank(), path.state().name());
        }
    }

    record Resource(String kind, String id, int capacity, int free, int units) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Holder(String actionPlanUuid, String actionPlanName, String uuid, String id, int units) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Applier(String id, String host, long running, int maxConcurrentActions, Instant leaseUntil) {
        static Applier of(Diagnosis.Member member) {
            return new Applier(member.id(), member.host(), member.running(), member.slots(), member.leaseUntil());
        }
    }

    /** A reason: its kind, its message, and the details of its kind. */
    record Reason(
            String kind, String message, @JsonUnwrapped Known known) {
        static Reason of(Diagnosis.Reason reason) {
            return new Reason(reason.kind().word(), reason.message(), known(reason.detail()));
        }

        private static Known known(Detail detail) {
            return switch (detail) {
                case Detail.None() -> new Nothing();
                case Detail.OfPlan(var state) -> new PlanState(state.name());
                case Detail.Parents(var parents, long total) ->
                    new Parents(parents.stream().map(Action::of).toList(), total);
                case Detail.Others(var actions) ->
                    new Others(actions.stream().map(Action::of).toList());
                case Detail.OfPath(var path, var actions) ->
                    new OfPath(Path.of(path), actions.stream().map(Action::of).toList());
                case Detail.Due(Instant at) -> new Due(at);
                case Detail.Shortage shortage -> Shortage.of(shortage);
                case Detail.Appliers(var appliers) ->
                    new Appliers(appliers.stream().map(Applier::of).toList());
                case Detail.Run(var applier, int attempt, var since, var abort) ->
                    new Run(applier, attempt, since.orElse(null), abort.orElse(null));
                case Detail.Attempts(int attempts, int failures) -> new Attempts(attempts, failures);
                case Detail.Failure(int attempts, int failures, var requestIds, var cancelled, long total) ->
                    new Failure(
                            attempts,
                            failures,
                            requestIds,
                            cancelled.stream().map(Action::of).toList(),
                            total);
            };
        }
    }

    /** The details of a reason, which depend on its kind. */
    sealed interface Known {}

    @JsonSerialize
    record Nothing() implements Known {}

    @JsonNaming(SnakeCaseStrategy.class)
    record PlanState(String planState) implements Known {}

    record Parents(List<Action> actions, long count) implements Known {}

    record Others(List<Action> actions) implements Known {}

    record OfPath(Path path, List<Action> actions) implements Known {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Due(Instant notBefore) implements Known {}

    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Shortage(
            Resource resource,
            List<Holder> holders,
            long count,
            @Nullable KeptFor keptFor) implements Known {
        static Shortage of(Detail.Shortage shortage) {
            return new Shortage(
                    new Resource(
                            shortage.kind(), shortage.id(), shortage.capacity(), shortage.free(), shortage.units()),
                    shortage.holders().stream()
                            .map(holder -> new Holder(
                                    holder.planUuid(), holder.planName(), holder.uuid(), holder.id(), holder.units()))
                            .toList(),
                    shortage.total(),
                    shortage.kept().map(KeptFor::of).orElse(null));
        }
    }

    /** The waiting action that free units are kept for. */
    @JsonNaming(SnakeCaseStrategy.class)
    record KeptFor(String actionPlanUuid, String actionPlanName, String uuid, String id, int units, Instant since) {
        static KeptFor of(Diagnosis.Kept kept) {
            Diagnosis.Holder first = kept.action();
            return new KeptFor(
                    first.planUuid(), first.planName(), first.uuid(), first.id(), first.units(), kept.since());
        }
    }

    record Appliers(List<Applier> appliers) implements Known {}

    record Run(
            String applier,
            int attempt,
            @Nullable Instant since,
            @Nullable String abort) implements Known {}

    record Attempts(int attempts, int failures) implements Known {}

    /** A failure, and the actions that were cancelled because of it. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Failure(int attempts, int failures, List<String> requestIds, List<Action> actions, long count)
            implements Known {}

    record Possible(String method, String path, String effect) {
        static Possible of(Remedy remedy) {
            return new Possible(remedy.method(), remedy.path(), remedy.effect());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Explained(
            String uuid,
            String id,
            String actionPlanUuid,
            String state,
            String summary,
            List<Reason> reasons,
            List<Possible> remedies) {
        static Explained of(Diagnosis explanation) {
            return new Explained(
                    explanation.action().uuid(),
                    explanation.action().id(),
                    explanation.planUuid(),
                    explanation.action().state().name(),
                    explanation.summary(),
                    explanation.reasons().stream().map(Reason::of).toList(),
                    explanation.remedies().stream().map(Possible::of).toList());
        }
    }

    record Cancelled(long count, List<Action> actions) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Waiter(String actionPlanUuid, String actionPlanName, String uuid, String id, Wanted resource) {}

    record Wanted(String kind, String id, int units, int held) {}

    record Waiting(long count, List<Waiter> actions) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Impacted(
            String uuid,
            String id,
            String actionPlanUuid,
            String state,
            String summary,
            String onFailure,
            boolean replaceable,
            List<Path> paths,
            Cancelled wouldBeCancelled,
            Waiting waitingForItsResources) {
        static Impacted of(Impact impact) {
            return new Impacted(
                    impact.action().uuid(),
                    impact.action().id(),
                    impact.planUuid(),
                    impact.action().state().name(),
                    impact.summary(),
                    impact.onFailure().name().toLowerCase(Locale.ROOT),
                    !impact.paths().isEmpty(),
                    impact.paths().stream().map(Path::of).toList(),
                    new Cancelled(
                            impact.cancelled().total(),
                            impact.cancelled().actions().stream()
                                    .map(Action::of)
                                    .toList()),
                    new Waiting(
                            impact.waiting().total(),
                            impact.waiting().actions().stream()
                                    .map(AnalysisJson::waiter)
                                    .toList()));
        }
    }

    private static Waiter waiter(Impact.Waiter waiter) {
        return new Waiter(
                waiter.planUuid(),
                waiter.planName(),
                waiter.uuid(),
                waiter.id(),
                new Wanted(waiter.kind(), waiter.resource(), waiter.units(), waiter.held()));
    }

    record Conflicts(List<Plan> conflicts) {
        static Conflicts of(List<Conflict> conflicts) {
            return new Conflicts(conflicts.stream()
                    .map(conflict -> new Plan(
                            conflict.planUuid(),
                            conflict.planName(),
                            conflict.state().name(),
                            conflict.resources().stream().map(Shared::of).toList()))
                    .toList());
        }
    }

    record Plan(String uuid, String name, String state, List<Shared> resources) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Shared(
            String kind,
            String id,
            @Nullable Long capacity,
            @Nullable Long free,
            long ownActions,
            @Nullable Long ownUnits,
            long actions,
            @Nullable Long units,
            @Nullable Long held) {
        static Shared of(Conflict.Shared shared) {
            return new Shared(
                    shared.kind(),
                    shared.id(),
                    number(shared.capacity()),
                    number(shared.free()),
                    shared.own().actions(),
                    number(shared.own().units()),
                    shared.other().actions(),
                    number(shared.other().units()),
                    number(shared.held()));
        }

        private static @Nullable Long number(OptionalLong number) {
            return number.isPresent() ? number.getAsLong() : null;
        }
    }
}
